"""Telling who is late with times that wait for a word (Order 67, art. 11)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sidan.core.clock import business_date
from sidan.hours.notices import deciders, tell_of_late
from sidan.hours.queries import LateTime
from sidan.places.queries import working_times_of


@transaction.atomic
def remind_of_late(*, at: datetime, times: Sequence[LateTime]) -> None:
    """Tell each who may say a word how many times wait for it too long, of the places that work today.

    Done again on the same day it tells nobody twice.
    """
    today, asked = business_date(at), Counter[int]()
    calendars = working_times_of(place_ids={time.place_id for time in times})
    for time, number in Counter(times).items():
        if calendars[time.place_id].works_on(today):
            for account_id in deciders(time.place_id, time.person_id, time.told_by, roles=time.roles):
                asked[account_id] += number
    for account_id, number in sorted(asked.items()):
        tell_of_late(account_id=account_id, number=number, at=at)
