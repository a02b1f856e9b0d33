"""Checking: one form or the files of hundreds of units, what counts, and the reports of it."""
