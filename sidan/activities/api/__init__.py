"""Activities and what comes again over the API."""
