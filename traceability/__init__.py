"""Who made it, where, and was this batch tested: zones, operators, products, batches, release tests, label codes."""
