"""Printed sheets: layouts as data, grids, and the readers and writers of office files."""
