"""Persons, accounts, volunteers, teams, roles."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sidan.people"
    label = "people"

    def ready(self) -> None:
        """Tell `notify` where accounts are reached, the badges how states look, and places who heads them."""
        # Models can be imported only once the apps are loaded.
        from sidan.core.badges import register_looks
        from sidan.notify.addresses import register_address_book
        from sidan.people import finder
        from sidan.people.queries.addresses import addresses_of
        from sidan.people.told import directors_told
        from sidan.people.words import ACCOUNT_LOOKS, TEAM_LOOKS, VOLUNTEER_LOOKS
        from sidan.places.told import register_teller

        register_address_book(addresses_of)
        register_teller(directors_told)
        register_looks(machine="volunteer", looks=VOLUNTEER_LOOKS)
        register_looks(machine="team", looks=TEAM_LOOKS)
        register_looks(machine="account", looks=ACCOUNT_LOOKS)
        finder.register()
