"""Cases: what the bureau does about a complaint or a report, by which day, and what it pays for it."""
