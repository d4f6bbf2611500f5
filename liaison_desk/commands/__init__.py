"""The commands of the command line, a room for each noun. Every use case of the window has one here."""
