"""Database, journal, outbox, keys and settings: the ground floor on which every other room stands."""
