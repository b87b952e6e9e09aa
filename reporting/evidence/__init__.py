"""Evidence: taking in files of strangers without being hurt by them and without betraying who sent them."""
