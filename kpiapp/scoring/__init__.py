"""Year-end self-evaluation: schemes as data and the score of an indicator."""
