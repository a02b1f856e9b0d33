"""Rules of the family evaluation: 自评, after the year."""
