"""What the regulator found about a workshop and what it was honoured for."""
