"""Coming in and going out: password and second factor, one's own account, and what every request carries."""
