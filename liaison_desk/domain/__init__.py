"""Pure values and rules of the record: no clock of its own, no database, no network, no Qt."""
