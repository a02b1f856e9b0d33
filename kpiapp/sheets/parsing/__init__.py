"""Grid -> Form: what stands in the cells of a sheet."""
