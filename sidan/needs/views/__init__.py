"""The pages of surveys and needs."""
