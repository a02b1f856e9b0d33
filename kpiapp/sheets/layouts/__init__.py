"""Layouts: a district's sheet as data, read from files and written."""
