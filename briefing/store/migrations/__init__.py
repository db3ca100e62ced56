"""Alembic migrations; they ship inside the package."""
