"""What people do: each act one function with its opposite beside it and its journal entry inside."""
