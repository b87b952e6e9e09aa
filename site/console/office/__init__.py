"""The desks of editors and administrators: long work, the journal, the state of the installation, what can be set."""
