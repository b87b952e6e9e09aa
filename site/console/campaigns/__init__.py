"""The desk of campaigns (专项整治): their places, how each was sorted, and the visits that look back."""
