"""Rooms and their bookings."""

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "sidan.bookings"
    label = "bookings"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.bookings.registration import register

        register()
