"""The desk of a workshop's owner, for a phone."""
