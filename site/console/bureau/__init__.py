"""The desk of officers and reviewers beyond the record itself: papers, disputes, visits, the register, campaigns."""
