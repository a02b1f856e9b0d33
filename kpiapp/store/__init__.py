"""The library file: the only place with SQLAlchemy."""
