"""Rules of the family targets: 指标值 of one row, looked at alone."""
