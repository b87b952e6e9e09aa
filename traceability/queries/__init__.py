"""What pages read: each page one query function that answers with plain values."""
