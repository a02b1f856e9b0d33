"""Forms coming into a library: what they belong to, what is new in them, taking them over."""
