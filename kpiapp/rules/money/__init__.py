"""Rules of the family money: the arithmetic of a form."""
