"""Pages of evening micro-schools."""
