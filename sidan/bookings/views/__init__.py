"""The pages of rooms and bookings."""
