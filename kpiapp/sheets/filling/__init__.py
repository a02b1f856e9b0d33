"""Form -> Grid."""
