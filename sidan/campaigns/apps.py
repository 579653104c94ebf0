"""Campaigns and tours: what is to be reached, stop by stop, and how far it is."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "sidan.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.campaigns import receivers  # noqa: F401 - subscribes
        from sidan.campaigns.registration import register

        register()
