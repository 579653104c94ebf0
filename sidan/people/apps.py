"""Persons, accounts, volunteers, teams, roles."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sidan.people"
    label = "people"
