"""Files for people: the export, and later letters and the case file."""
