"""Three-year plans and their indicators: what was promised, and what the records say of it on every day."""
