"""Sheets that no layout fits as they are: read by their labels, divided, their merges mended."""
