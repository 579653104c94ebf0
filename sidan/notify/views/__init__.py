"""Pages of the inbox, of one's own choices, and of the outbox."""
