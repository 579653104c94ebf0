"""What reports of a kind of service ask for; each change is a new version, so that reports keep the one they had."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.catalogue import permissions
from sidan.catalogue.models import Category, ResultTemplate
from sidan.catalogue.operations.codes import code_stem, free_code
from sidan.catalogue.operations.errors import NoSuchCategory
from sidan.catalogue.policies import MOST_CHOICES, MOST_FIELDS, ResultChoice, ResultField, wrong_fields
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Invalid
from sidan.core.transactions import act

LONGEST_CODE: Final = 40
_Coded = TypeVar("_Coded", ResultField, ResultChoice)
WRONG: Final[dict[str, tuple[str | Promise, int]]] = {
    "taken": (_("Another field has this name already."), 0),
    "choices": (_("Please give two to %(most)s different choices."), MOST_CHOICES),
    "many": (_("At most %(most)s fields: a volunteer fills them in on a telephone."), MOST_FIELDS),
}


class BadResultFields(Invalid):
    """Fields that nobody could fill in; `errors` says which, by their place."""

    code = "result_fields_invalid"


class ResultsUnchanged(Conflict):
    code = "result_template_unchanged"
    sentence = _("Reports of this kind ask for exactly this already; nothing was changed.")


def write_result_template(
    *, actor: Actor, at: datetime, code: str, fields: Sequence[ResultField]
) -> ResultTemplate:
    """Ask for this in reports of a kind of service from now on; nothing at all may be asked, too.

    A field without a code gets one from its name; a code that stays lets its number be counted on.

    Raises:
        NotYourCategories, NoSuchCategory
        BadResultFields: a name twice, too few choices, too many fields.
        ResultsUnchanged: the version that holds says the same.
    """
    permissions.require_categories(actor=actor)
    wrong = wrong_fields(fields)
    if wrong:
        raise BadResultFields(
            errors=[FieldProblem(f"/fields/{nth}", _told(why)) for nth, why in wrong.items()]
        )
    with act():
        return _next_version(actor, at, code, _with_codes(fields), follows=False)


def _told(why: str) -> str:
    sentence, most = WRONG[why]
    return str(sentence) % {"most": most}


def follow_kind_above(*, actor: Actor, at: datetime, code: str) -> ResultTemplate:
    """Ask in reports of a kind what the kind above asks, from now on.

    Raises:
        NotYourCategories, NoSuchCategory, ResultsUnchanged
    """
    permissions.require_categories(actor=actor)
    with act():
        return _next_version(actor, at, code, [], follows=True)


def _next_version(
    actor: Actor, at: datetime, code: str, fields: Sequence[ResultField], *, follows: bool
) -> ResultTemplate:
    # The row of the kind is the lock: two who write at once get two versions.
    category = Category.objects.select_for_update().filter(code=code).first()
    if category is None:
        raise NoSuchCategory
    last = ResultTemplate.objects.filter(category=category).order_by("-version").first()
    is_same = last is not None and last.follows == follows and last.asked == list(fields)
    if is_same or (last is None and follows):
        raise ResultsUnchanged
    number = last.version + 1 if last else 1
    written = ResultTemplate.objects.create(
        category=category, version=number, follows=follows, fields=[field.as_data() for field in fields],
        written_by_id=actor.account_id, written_at=at,
    )  # fmt: skip
    record(
        actor=actor, at=at, verb="category.results", subject=("category", None), code=category.code, version=number
    )  # fmt: skip
    return written


def _with_codes(fields: Sequence[ResultField]) -> list[ResultField]:
    """Return the fields with a code each, and their choices with theirs."""
    return [
        replace(field, choices=tuple(_coded(field.choices)) if field.kind == "choice" else ())
        for field in _coded(fields)
    ]


def _coded(named: Sequence[_Coded]) -> list[_Coded]:
    """Return fields or choices with a code each, from the name where there is none; of two alike the first keeps it."""
    coded: dict[str, _Coded] = {}
    for each in named:
        code = free_code(stem=each.code or code_stem(name=each.label, longest=LONGEST_CODE), taken=coded)
        coded[code] = replace(each, code=code)
    return list(coded.values())
