"""The desks of those who handle reports: case officers, the custodian of identities, and finance."""
