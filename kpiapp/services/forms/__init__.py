"""One form: its lines, its tables and texts, and every step in which a person changes it."""
