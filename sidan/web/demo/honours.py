"""Certificates of the demo: one valid, one replaced, one that a correction has made invalid; through the operations."""

from datetime import datetime, timedelta

from sidan.honours.enums import Detail, Extent
from sidan.honours.operations import issue_certificate, renew_certificate
from sidan.honours.policies import Wanted
from sidan.hours.models import Entry
from sidan.hours.operations import take_back
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.web.demo.people import People

WHY = "当天因大雨没有上门，签到是误点的。"


def make_certificates(*, people: People, now: datetime) -> None:
    """Let the demo's volunteer issue certificates; the manager then takes one record back."""
    account = people.by_role[Role.VOLUNTEER]
    own, manager = actor_for_account(account.pk), actor_for_account(people.by_role[Role.MANAGER].pk)
    entries = Entry.unscoped.filter(
        person=account.person, standing__isnull=False, county=account.person.county
    )
    records = list(entries.order_by("-day", "-id")[:2])
    if own is None or manager is None or len(records) < 2:
        return
    at, county = now - timedelta(hours=5), account.person.county
    of = county.uuid if county else None
    single = Wanted(extent=Extent.RECORD, record=records[1].uuid, county=of)
    issue_certificate(actor=own, at=at, person=account.person, wanted=single)
    take_back(actor=manager, at=at + timedelta(hours=1), entry=records[1], reason="not_there", words=WHY)
    year = records[0].day.replace(month=1, day=1)
    wanted = Wanted(
        extent=Extent.YEAR, first=year, last=year.replace(month=12, day=31), county=of,
        details=(Detail.VOLUNTEER_NUMBER.value, Detail.TEAMS.value),
    )  # fmt: skip
    first = issue_certificate(actor=own, at=at + timedelta(hours=2), person=account.person, wanted=wanted)
    renew_certificate(actor=own, at=at + timedelta(hours=3), certificate=first)
