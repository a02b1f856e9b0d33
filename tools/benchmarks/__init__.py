"""The measurements of `make bench`, one module a part of the program."""
