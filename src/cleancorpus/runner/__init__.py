"""Running a chain: over one record, and over many."""
