"""How each kind of record becomes public and ceases to be: one module per kind, one course of events for all."""
