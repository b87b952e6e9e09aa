"""What the desks do about a case: open it, handle it, hand it over, reward it; each act with its opposite."""
