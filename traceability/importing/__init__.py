"""Tables in: the lists of a bureau and of a zone's laboratory, all of a file or nothing of it (``docs/imports.md``)."""
