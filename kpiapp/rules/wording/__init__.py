"""Rules of the family wording: names, goals and explanations as texts."""
