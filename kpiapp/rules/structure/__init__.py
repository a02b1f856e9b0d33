"""Rules of the family structure: what is there, what is missing, what stands in the wrong place."""
