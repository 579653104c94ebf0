"""Pages of places: the public one, and the console's tree, list and forms."""
