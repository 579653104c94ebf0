"""The pages of service hours."""
