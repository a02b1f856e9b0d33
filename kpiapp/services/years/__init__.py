"""From one year to the next: carrying over, what continues what, one form beside its past."""
