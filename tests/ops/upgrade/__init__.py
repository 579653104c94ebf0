"""Backups of released versions, small and with invented data, that every later version must be able to take over."""
