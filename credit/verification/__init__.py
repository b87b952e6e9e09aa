"""Answering buyers line by line (核验): what each line names, how that stands today, and a sheet that proves it."""
