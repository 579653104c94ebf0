"""The table of a plan's lines: written for Excel, and read back from what somebody wrote in it.

What is read is entered by the same form as on the page, so that a row is refused for what a line is refused for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db.models import Choices
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import ActivityKind, Platform, Task
from sidan.catalogue.enums import Audience
from sidan.core.errors import Invalid
from sidan.plans.enums import MOST_LINES
from sidan.plans.forms import LineForm
from sidan.plans.operations import LineFacts
from sidan.plans.policies import BadDays, Days, read_days
from sidan.plans.queries import LineTold
from sidan.plans.words import days_words

HEADS: Final[Mapping[str, str | Promise]] = {
    "days": pgettext_lazy("column of a plan", "When"),
    "theme": pgettext_lazy("column of a plan", "Theme"),
    "kind": pgettext_lazy("column of a plan", "Kind"),
    "task": pgettext_lazy("column of a plan", "Task"),
    "platform": pgettext_lazy("column of a plan", "Platform"),
    "audience": pgettext_lazy("column of a plan", "For whom"),
    "lecturer": pgettext_lazy("column of a plan", "Who speaks"),
    "venue": pgettext_lazy("column of a plan", "Where"),
    "answers": pgettext_lazy("column of a plan", "Who answers for it"),
    "times": pgettext_lazy("column of a plan", "Times"),
}
DONE: Final[tuple[str | Promise, ...]] = (
    pgettext_lazy("column of a plan", "Held"),
    pgettext_lazy("column of a plan", "To come"),
    pgettext_lazy("column of a plan", "Why it is left out"),
)
"""What stands beside it when it is taken away; when it is read these columns say nothing."""
NEEDED: Final = ("days", "theme", "task")
CHOICES: Final[Mapping[str, type[Choices]]] = {
    "kind": ActivityKind,
    "task": Task,
    "platform": Platform,
    "audience": Audience,
}
OTHER_HEADS: Final = {
    "时间": "days", "日期": "days", "活动时间": "days", "主题": "theme", "活动主题": "theme",
    "活动名称": "theme", "内容": "theme",
    "类型": "kind", "活动类型": "kind", "五大任务": "task", "任务": "task", "五大平台": "platform", "平台": "platform",
    "对象": "audience", "参加对象": "audience", "受众": "audience", "主讲人": "lecturer", "宣讲人": "lecturer",
    "地点": "venue", "活动地点": "venue", "负责人": "answers", "责任人": "answers", "次数": "times", "场次": "times",
}  # fmt: skip
"""How counties call the columns in the tables they have."""
_SEPARATORS: Final = "、，,；;/·|"
LOOKED_FOR_HEAD: Final = 5
"""Above the row of heads a table often has a title."""


class NoHeads(Invalid):
    code = "plan_table_without_heads"
    sentence = _("The table needs a row that says what is in each column: at least when, theme and task.")


class TableTooLong(Invalid):
    code = "plan_table_too_long"
    sentence = _("A plan has %(most)s lines at most. Please divide it into several plans.")

    def __init__(self) -> None:
        super().__init__(most=MOST_LINES)


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row of a table: what it says, or what is wrong with it; `number` is that of the row in the table."""

    number: int
    told: str
    facts: LineFacts | None
    problems: list[str]

    @property
    def days_told(self) -> str:
        return days_words(self.facts.days) if self.facts else ""


def header() -> list[str]:
    """Return the heads of the table in the reader's language."""
    return [*map(str, HEADS.values()), *map(str, DONE)]


def written(lines: Iterable[LineTold]) -> Iterator[list[object]]:
    """Return the lines as rows of a table that can be read again."""
    for told in lines:
        line = told.line
        yield [
            _days_cell(line.days), line.theme, line.get_kind_display(), line.get_task_display(),
            line.get_platform_display(), "、".join(str(Audience(code).label) for code in line.audience), line.lecturer,
            line.venue, line.answers, line.times, told.tally.done, told.tally.coming, line.left_out_why,
        ]  # fmt: skip


def _days_cell(days: Days) -> str:
    if days.is_whole_month:
        return f"{days.first:%Y-%m}"
    return f"{days.first}" if days.first == days.last else f"{days.first} ~ {days.last}"


def read(table: Sequence[Sequence[str]], *, within: Days) -> list[RowRead]:
    """Read a table: each row with what it says or with what is wrong with it; empty rows are passed over.

    Raises:
        NoHeads, TableTooLong
    """
    top, columns = _heads(table)
    rows = [
        _row(number, {name: row[at] if at < len(row) else "" for name, at in columns.items()}, within)
        for number, row in enumerate(table[top + 1 :], start=top + 2)
        if any(cell.strip() for cell in row)
    ]
    if len(rows) > MOST_LINES:
        raise TableTooLong
    return rows


def _heads(table: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return in which row the heads stand, and in which column what is. Raises NoHeads."""
    known = _known_heads()
    for number, row in enumerate(table[:LOOKED_FOR_HEAD]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            name = known.get(_plain(cell))
            if name is not None:
                columns.setdefault(name, at)
        if all(name in columns for name in NEEDED):
            return number, columns
    raise NoHeads


@cache
def _known_heads() -> dict[str, str]:
    known = {_plain(word): name for word, name in OTHER_HEADS.items()}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {_plain(str(word)): name for name, word in HEADS.items()}
    return known


@cache
def _codes(choices: type[Choices]) -> dict[str, str]:
    """Return the codes of some choices by their words in each language, and by themselves."""
    codes = {_plain(str(value)): str(value) for value in choices.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            codes |= {_plain(str(label)): str(value) for value, label in choices.choices}
    return codes


def _plain(text: str) -> str:
    """Return a word as it is compared: without spaces, case and what Excel's protection put before it."""
    return "".join(text.split()).removeprefix("'").casefold()


def _row(number: int, cells: Mapping[str, str], within: Days) -> RowRead:
    told = cells.get("theme", "")
    data: dict[str, Any] = {
        name: cells.get(name, "").removeprefix("'")
        for name in ("theme", "lecturer", "venue", "answers", "times")
    }
    problems: list[str] = []
    try:
        days = read_days(cells["days"].removeprefix("'"), within=within)
        data |= {"first_day": days.first.isoformat(), "last_day": days.last.isoformat()}
    except BadDays:
        problems.append(
            _said("days", _("Please write it as 2027-03-05, 2027-03, or 2027-03-05 ~ 2027-03-07."))
        )
    else:
        if not within.holds(days):
            problems.append(_said("days", _("This plan is for %(days)s.") % {"days": days_words(within)}))
    for name, choices in CHOICES.items():
        data[name], unknown = _chosen(name, cells.get(name, ""), choices)
        problems += [_not_known(name, word, choices) for word in unknown]
    form = LineForm(
        {**data, "kind": data["kind"] or ActivityKind.ACTIVITY, "last_day": data.get("last_day", "")}
    )
    if problems:
        # What was read wrong would be told a second time as missing.
        return RowRead(number, told, None, problems)
    if not form.is_valid():
        found = [_said(name, " ".join(map(str, errors))) for name, errors in form.errors.items()]
        return RowRead(number, told, None, found)
    return RowRead(number, told, form.facts(), [])


def _chosen(name: str, cell: str, choices: type[Choices]) -> tuple[Any, list[str]]:
    """Return the code or codes that a cell names in words, and the words that name none."""
    codes = _codes(choices)
    whole = _plain(cell)
    if name != "audience":
        return (codes.get(whole, ""), [cell] if whole and whole not in codes else [])
    if whole in codes:
        return [codes[whole]], []
    for mark in _SEPARATORS:
        cell = cell.replace(mark, "\n")
    words = [word for word in cell.split("\n") if word.strip()]
    found = [codes[_plain(word)] for word in words if _plain(word) in codes]
    return list(dict.fromkeys(found)), [word for word in words if _plain(word) not in codes]


def _said(name: str, words: str | Promise) -> str:
    head = HEADS["days"] if name in {"first_day", "last_day"} else HEADS.get(name, "")
    return gettext("%(column)s: %(problem)s") % {"column": head, "problem": words}


def _not_known(name: str, word: str, choices: type[Choices]) -> str:
    known = pgettext("between some words", ", ").join(str(label) for label in choices.labels)
    return _said(name, _("“%(word)s” is not known. Known are: %(known)s.") % {"word": word, "known": known})
