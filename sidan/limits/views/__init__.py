"""Pages of the time limits."""
