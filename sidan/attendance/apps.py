"""Check-in and check-out: who was where, from when to when, and how it is known."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "sidan.attendance"
    label = "attendance"
