"""What makes a review worth reading, as pure rules: who is called back, what is flagged, what counts as satisfied."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FULL: Final = 10_000
"""Rates are counted in hundredths of a percent when they are compared, so that no rounding favours anybody."""
MOST_TRIES: Final = 3
"""Calls before somebody is left in peace."""
CALL_TASK: Final = "call_back"
"""How the time limits call a call-back: who is asked late hardly remembers."""
FOLLOW_TASK: Final = "follow_up"
"""How they call seeing to what is not well, and answering."""
SAME_MINUTE: Final = timedelta(minutes=1)
ALIKE_FROM: Final = 5
"""So many that are the same in every word are no coincidence."""
ACCOUNT_WINDOW: Final = timedelta(days=1)
TEAM_WINDOW: Final = timedelta(minutes=10)
"""Five residents of one team who press the same stars within ten minutes; over a day honest ones do so too."""
TYPED_TIMES: Final = 2
"""How many times as often a review that staff typed is called back, where a county has decided nothing else."""
FEWEST_TIMES, MOST_TIMES = 2, 10
"""Always more often than what residents say themselves; more than ten times would be everybody anyway."""
NOTED_ONLY: Final = frozenset({"typed", "at_odds"})
"""Keeps no review from counting: how it came about, and what may have been pressed by mistake. Each has a list."""
ALWAYS_PARKS: Final = frozenset({"contradicted"})
"""What happened is doubtful, whatever was said."""
FOLLOWED_BY_PEOPLE: Final = "follow_up"
"""How a follow-up is called that people see to and answer; the other way opens the order again."""
FEW: Final = 5
"""Below this no percentage is shown: of three reviews one can say how many, but no share."""
GOOD_STARS: Final = 4
FEW_STARS: Final = 2
"""So few stars are followed up, also where it was done (R-O7: a bad review is followed up)."""
SATISFIED_OUTCOMES: Final = frozenset({"done", "still_needed"})
LEVELS: Final[Mapping[str, int]] = {"done": 2, "still_needed": 2, "half": 1, "not_done": 0}
"""How much was done. That more is needed says nothing against what was done."""


@dataclass(frozen=True, slots=True)
class Given:
    """A review as the rules read it."""

    at: datetime
    outcome: str
    stars: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of who gave a review, and when; gathered by `queries.circumstances`."""

    reported_at: datetime | None
    is_by_staff: bool
    is_by_team: bool
    is_team_phone: bool
    is_team_device: bool = False
    is_staff_device: bool = False
    is_typed: bool = False
    of_account: Sequence[Given] = ()
    of_device: Sequence[Given] = ()
    of_team: Sequence[Given] = ()


def is_drawn(*, digest: bytes, percent: int) -> bool:
    """Tell whether an order is drawn for a call-back: by a keyed hash that nobody can work out beforehand."""
    return int.from_bytes(digest[:8], "big") * FULL < (percent * FULL // 100) << 64


def rate_of(*, percent: int, times: int, is_typed: bool) -> int:
    """Return how many of a hundred such closings are called back: of what staff typed so many times as many."""
    return min(100, percent * times) if is_typed else percent


def is_satisfied(*, outcome: str, stars: int | None) -> bool:
    """Tell whether a review counts as satisfied: it was done, and the stars, if given, are four or five."""
    return outcome in SATISFIED_OUTCOMES and (stars is None or stars >= GOOD_STARS)


def has_few_stars(stars: int | None) -> bool:
    """Tell whether stars were given, and so few that somebody asks why."""
    return stars is not None and stars <= FEW_STARS


def is_at_odds(*, outcome: str, stars: int | None) -> bool:
    """Tell whether a review says that nothing was done, and praises it: one of the two was pressed by mistake."""
    return LEVELS[outcome] == 0 and stars is not None and stars >= GOOD_STARS


def contradicts(one: str, other: str) -> bool:
    """Tell whether two outcomes told of the same visit cannot both be so."""
    return LEVELS[one] != LEVELS[other]


def alike(review: Given, others: Sequence[Given], *, window: timedelta) -> int:
    """Return how many reviews within a window before this one, itself included, say the very same."""
    told = (review.outcome, review.stars, review.words.strip())
    return 1 + sum(
        (other.outcome, other.stars, other.words.strip()) == told
        and timedelta() <= review.at - other.at <= window
        for other in others
    )


def flags_of(review: Given, known: Circumstances) -> list[str]:
    """Return the codes of what should be looked at, in a fixed order."""
    is_hasty = known.reported_at is not None and timedelta() <= review.at - known.reported_at < SAME_MINUTE
    told = {
        "typed": known.is_typed,
        "by_staff": known.is_by_staff,
        "by_team": known.is_by_team,
        "same_minute": is_hasty,
        "alike_account": alike(review, known.of_account, window=ACCOUNT_WINDOW) >= ALIKE_FROM,
        "alike_device": alike(review, known.of_device, window=ACCOUNT_WINDOW) >= ALIKE_FROM,
        "alike_team": alike(review, known.of_team, window=TEAM_WINDOW) >= ALIKE_FROM,
        "team_phone": known.is_team_phone,
        "team_device": known.is_team_device,
        "staff_device": known.is_staff_device,
        "at_odds": is_at_odds(outcome=review.outcome, stars=review.stars),
    }
    return [code for code, holds in told.items() if holds]


def parks(*, rule: str, outcome: str, stars: int | None) -> bool:
    """Tell whether what was noticed keeps a review from counting until somebody has looked at it.

    So does what looks like praise that was arranged. A low review is only noted and goes on to count: else whoever says
    at once that nothing was done would be left out.
    """
    return rule in ALWAYS_PARKS or (rule not in NOTED_ONLY and is_satisfied(outcome=outcome, stars=stars))


def is_worse(outcome: str, *, than: str) -> bool:
    """Tell whether less was done by one outcome than by another."""
    return LEVELS[outcome] < LEVELS[than]


def leaves_more_to_do(*, way: str, is_done: bool, wanted: str) -> bool:
    """Tell whether a follow-up of a closing leaves anything to do for what is told of it afterwards.

    What opened the order again does not: the next closing is asked about by itself. What people see to does once they
    have answered, for the word is newer than the answer, or where the order is to be opened again.
    """
    return way == FOLLOWED_BY_PEOPLE and (is_done or wanted != FOLLOWED_BY_PEOPLE)


def share(*, part: int, whole: int) -> int | None:
    """Return a percentage; none of few. Almost all is never told as all, nor almost none as none."""
    if whole < FEW:
        return None
    percent = round(100 * part / whole)
    if part != whole:
        percent = min(percent, 99)
    return max(percent, 1) if part else percent
