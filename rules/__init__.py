"""Law as data: dated parameters with their articles, limits, working days, and the one engine that reads them."""
