"""Which row goes with which, between horizons, forms and lists; and how two targets differ."""
