"""The nouns: forms, edits, targets, money, names. Standard library and rapidfuzz only."""
