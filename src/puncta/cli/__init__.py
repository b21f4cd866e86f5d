"""The command line: the same verbs as the library, with tables, progress and JSON."""
