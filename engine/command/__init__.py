"""The command line: one face of `engine.tasks`."""
