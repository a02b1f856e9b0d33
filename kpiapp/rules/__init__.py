"""The checker: one rule a file, pure functions over a form and its context."""
