"""Tables into the credit file: samples, penalties, inspections, the serious list, honours (``docs/imports.md``)."""
