"""Tags and filters of the loop's own pages."""
