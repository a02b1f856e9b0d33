"""Rules of the family cross_form: the forms of one unit against each other."""
