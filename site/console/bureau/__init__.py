"""The desk of the bureau beyond the single record: register and orders, calendar, quarterly table, tables in."""
