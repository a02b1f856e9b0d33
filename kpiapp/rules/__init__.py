"""The checker: one rule a file, pure functions over a form's facts and its context.

`engine` runs them, `policy` leaves one finding a cell. To add a rule write one file
`<family>/<code_with_underscores>.py`; nothing else has to be touched.
"""
