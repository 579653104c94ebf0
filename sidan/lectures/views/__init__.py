"""Pages of lectures."""
