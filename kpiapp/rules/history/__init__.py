"""Rules of the family history: earlier years against this one."""
