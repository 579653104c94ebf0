"""Campaigns with their targets, the sites they mean to reach, and the stops that reach them."""

from sidan.campaigns.models.campaign import Allotment, Campaign, CampaignNote, CampaignStep, Target
from sidan.campaigns.models.sites import Site, SiteKind
from sidan.campaigns.models.stops import Stop, StopCounter, StopCounterText, StopRecord, StopText, StopWord

__all__ = [
    "Allotment",
    "Campaign",
    "CampaignNote",
    "CampaignStep",
    "Site",
    "SiteKind",
    "Stop",
    "StopCounter",
    "StopCounterText",
    "StopRecord",
    "StopText",
    "StopWord",
    "Target",
]
