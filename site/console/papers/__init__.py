"""Papers that an officer enters by hand, one form for each kind."""
