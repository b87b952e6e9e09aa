"""The law of complaints, reports and rewards: pure functions of what happened and a date."""
