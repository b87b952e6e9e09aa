"""Reading tables that strangers send: XLSX and CSV, in a child process that may not use more than its budget."""
