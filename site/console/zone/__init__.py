"""The desk of a zone manager, and the page on which others decide about what zones put forward."""
