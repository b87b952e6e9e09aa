"""Errands of the desks: what each kind does, and the process that does them."""
