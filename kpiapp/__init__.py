"""Everything the program knows and does. No Qt below this package."""

__version__ = "0.1.0"
