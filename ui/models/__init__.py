"""Item models over forms and problems."""
