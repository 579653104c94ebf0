"""The shapes of activities and of what comes again over the API."""
