"""A certificate on paper: all words in both languages as facts of the sheet, from what was written when it was issued.

The same certificate is set alike for ever: nothing of today stands on it but the address at which it is checked.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.ids import format_number
from sidan.core.language import listed, shown
from sidan.core.pdf import pdf_of, qr_of
from sidan.honours.enums import Detail
from sidan.honours.policies import Pair, hours_number, shown_code
from sidan.honours.words import day_in_both, in_both, label_in_both, time_in_both

SHEET: Final = Path(__file__).parent / "templates" / "honours" / "certificate.typ"
WORDS: Final = {
    "title": _("Certificate of Voluntary Service"),
    "statement": _("This is to certify that the person named below gave voluntary service as recorded here."),
    "hours": _("hours"),
    "time": _("Service time"),
    "contents": _("Service content"),
    "services": _("Each service"),
    "day": pgettext_lazy("on a certificate", "Day"),
    "what": pgettext_lazy("on a certificate", "Service"),
    "place": pgettext_lazy("on a certificate", "Place"),
    "number": _("Certificate number"),
    "code": _("Verification code"),
    "check": _("Scan the code, or type number and verification code at the address below, to check it."),
    "issued": _("Issued on"),
    "seal": pgettext_lazy("on a certificate", "Seal"),
    "law": _(
        "Made from the records of service, free of charge (Order 67 of the Ministry of Civil Affairs, art. 14)."
    ),
}


def certificate_pdf(*, facts: Mapping[str, Any], check_url: str) -> bytes:
    """Return the paper of what a certificate says."""
    return pdf_of(sheet=SHEET, facts=sheet_facts(facts=facts, check_url=check_url))


def sheet_facts(*, facts: Mapping[str, Any], check_url: str) -> dict[str, Any]:
    """Return what the sheet reads: words, rows, sums, services, and the code to scan."""
    address, _query, _rest = check_url.partition("?")
    return {
        "words": {name: label_in_both(word) for name, word in WORDS.items()},
        "number": format_number(str(facts["number"])),
        "code": shown_code(str(facts["code"])),
        "hours": hours_number(facts["minutes"]),
        "time": time_in_both(facts["minutes"]),
        "rows": _rows(facts),
        "contents": [{**_words(one), "time": time_in_both(one["minutes"])} for one in facts["contents"]],
        "services": [_service(one) for one in facts.get("services", [])],
        "issued_on": _day(facts["issued_on"]),
        "address": address,
        "qr": qr_of(check_url),
    }


def _rows(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    first, last = _day(facts["first"]), _day(facts["last"])
    span = (
        first
        if first == last
        else Pair(zh=f"{first['zh']} – {last['zh']}", en=f"{first['en']} – {last['en']}")
    )
    name = str(facts["name"])
    rows: list[tuple[Any, Pair]] = [(pgettext_lazy("of a person", "Name"), Pair(zh=name, en=name))]
    if "sex" in facts:
        rows.append((Detail.SEX.label, facts["sex"]))
    if facts.get("volunteer_number"):
        number = str(facts["volunteer_number"])
        rows.append((Detail.VOLUNTEER_NUMBER.label, Pair(zh=number, en=number)))
    rows.append((pgettext_lazy("on a certificate", "Days"), span))
    rows.append((pgettext_lazy("on a certificate", "Recorded by"), facts["unit"]))
    if facts.get("teams"):
        rows.append((Detail.TEAMS.label, _joined(facts["teams"])))
    return [{"label": label_in_both(label), "value": value} for label, value in rows]


def _joined(pairs: list[Pair]) -> Pair:
    return in_both(lambda: listed([shown(one["zh"], one["en"]) for one in pairs]))


def _service(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**_words(one), "day": one["day"], "place": one["place"], "hours": hours_number(one["minutes"])}


def _words(one: Mapping[str, Any]) -> Pair:
    return Pair(zh=str(one["zh"]), en=str(one["en"]))


def _day(text: object) -> Pair:
    return day_in_both(date.fromisoformat(str(text)))
