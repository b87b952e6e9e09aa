"""Who may write: accounts with their roles, how they prove who they are, and the sessions in which they work."""
