"""The desk of a zone laboratory: sheets, decisions, recalls and labels of its batches."""
