"""Pictures for public pages: taken in without being hurt, made small, kept under names that are their content."""
