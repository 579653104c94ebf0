"""The pages of the terminal, and the console's page of terminals."""
