"""Pages of the loop: load, authorise, one call, answer."""
