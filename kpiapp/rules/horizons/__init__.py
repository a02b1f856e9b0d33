"""Rules of the family horizons: long-term against annual rows and goals."""
