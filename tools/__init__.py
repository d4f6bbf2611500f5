"""Programs for those who set up, check, lock and package the desk; not part of the product."""
