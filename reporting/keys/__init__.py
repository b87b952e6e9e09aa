"""The keys of reporting: what the letter box owns, what each role owns, and the way back when a holder is gone."""
