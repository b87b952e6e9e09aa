"""Alembic migrations, numbered and named like sentences."""
