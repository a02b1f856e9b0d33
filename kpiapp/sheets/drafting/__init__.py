"""A first layout drafted from a sheet, and any layout tried out."""
