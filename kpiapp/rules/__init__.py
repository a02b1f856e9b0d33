"""The checker: one rule a file, pure functions over a form's facts and its context.

`engine` runs them, `policy` leaves one finding a cell. To add a rule write one file
`<family>/<code_with_underscores>.py`; nothing else has to be touched. What a rule can ask:
`facts` and `row` of its own form, `context` of the others, `outcomes` and `results` of 自评 and
监控; the folders `reading` and `pairing` hold no rules, but what several rules share.
"""
