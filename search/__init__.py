"""Search: everything that is published can be found, by any part of it, in either script and by its sound."""
