"""The desk of officers and reviewers at one record: put forward, approved, disputed, corrected, taken back."""
