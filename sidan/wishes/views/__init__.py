"""The pages of wishes."""
