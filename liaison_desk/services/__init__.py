"""Use cases: one transaction each, each returns what it `Changed`. Faces call these and nothing below for writing."""
