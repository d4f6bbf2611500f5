"""SQLite on a local disk: the projections that views read. Beside `sync`, the only floor that speaks SQL."""
