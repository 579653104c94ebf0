"""The shape of certificates over the API."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from ninja import Field, Schema
from pydantic import model_validator

from sidan.core.inputs import CleanText, Input
from sidan.honours.enums import FIRST_YEAR, Detail, Extent
from sidan.honours.models import Certificate
from sidan.honours.policies import Star, Wanted, shown_code


class NewCertificateIn(Input):
    """Which hours: all, of a `year`, from `first` to `last`, or of one `record`; and what is told besides."""

    extent: Extent
    year: Annotated[int | None, Field(ge=FIRST_YEAR, le=2100)] = None
    first: date | None = None
    last: date | None = None
    record: UUID | None = None
    county: UUID | None = None
    details: Annotated[list[Detail], Field(max_length=10)] = []

    @model_validator(mode="after")
    def _whole(self) -> Self:
        needed = {
            Extent.YEAR: ("year",), Extent.SPAN: ("first", "last"), Extent.RECORD: ("record",), Extent.ALL: (),
        }[self.extent]  # fmt: skip
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise ValueError(f"{self.extent} needs {', '.join(missing)}")
        if self.first and self.last and self.last < self.first:
            raise ValueError("last lies before first")
        if self.first and self.first.year < FIRST_YEAR:
            raise ValueError(f"first lies before {FIRST_YEAR}")
        return self

    def wanted(self) -> Wanted:
        """Return it as operations take it."""
        first, last = (self.first, self.last) if self.extent == Extent.SPAN else (None, None)
        if self.extent == Extent.YEAR and self.year is not None:
            first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return Wanted(
            extent=self.extent.value, first=first, last=last, county=self.county,
            record=self.record if self.extent == Extent.RECORD else None,
            details=tuple(dict.fromkeys(detail.value for detail in self.details)),
        )  # fmt: skip


class CertificateForIn(NewCertificateIn):
    """The same for a volunteer of one's place, at the counter; of the records of the volunteer's county."""

    volunteer: UUID


class CertificateCheckIn(Input):
    """Number and code, as they stand on the paper."""

    number: Annotated[str, CleanText(max_length=30)]
    code: Annotated[str, CleanText(max_length=30)]


class BothLanguagesOut(Schema):
    """Words in Chinese and in English; the same where nobody gave English ones."""

    zh: str
    en: str


class ServedContentOut(BothLanguagesOut):
    minutes: int


class ServedOut(ServedContentOut):
    day: date
    place: BothLanguagesOut


class CertificateSaysOut(Schema):
    """What a certificate says; what the volunteer did not choose is null."""

    number: str
    name: str
    first: date
    last: date
    minutes: int
    records: int
    unit: BothLanguagesOut
    contents: list[ServedContentOut]
    issued_on: date
    sex: BothLanguagesOut | None = None
    volunteer_number: str | None = None
    teams: list[BothLanguagesOut] | None = None
    services: list[ServedOut] | None = None

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> Self:
        return cls(**{name: value for name, value in facts.items() if name != "code"})


class CheckedCertificateOut(Schema):
    """What whoever checks a certificate learns: what it says, and what it is worth now."""

    standing: str
    spoiled_at: datetime | None
    says: CertificateSaysOut

    @classmethod
    def of_checked(cls, certificate: Certificate, facts: Mapping[str, Any]) -> Self:
        return cls(
            standing=certificate.standing,
            spoiled_at=certificate.spoiled_at,
            says=CertificateSaysOut.of_facts(facts),
        )


class CertificateOut(Schema):
    id: UUID
    number: str
    name: str
    extent: str
    first: date
    last: date
    minutes: int
    records: int
    place: UUID
    details: list[str]
    standing: str
    spoiled_at: datetime | None
    issued_at: datetime

    @classmethod
    def of(cls, certificate: Certificate) -> Self:
        return cls(**cls.columns(certificate))

    @staticmethod
    def columns(certificate: Certificate) -> dict[str, Any]:
        """Return what a row of a list tells."""
        return {
            "id": certificate.uuid, "number": certificate.number, "name": certificate.person.name,
            "extent": certificate.extent, "first": certificate.first_day, "last": certificate.last_day,
            "minutes": certificate.minutes, "records": certificate.records, "place": certificate.place.uuid,
            "details": certificate.details, "standing": certificate.standing,
            "spoiled_at": certificate.spoiled_at, "issued_at": certificate.issued_at,
        }  # fmt: skip


class CertificatePageOut(Schema):
    items: list[CertificateOut]
    next_cursor: str | None


class OneCertificateOut(CertificateOut):
    """One certificate with what it says, and with what it is checked."""

    code: str
    check_url: str
    says: CertificateSaysOut | None

    @classmethod
    def with_words(cls, certificate: Certificate, facts: Mapping[str, Any], check_url: str) -> Self:
        says = CertificateSaysOut.of_facts(facts) if facts else None
        code = shown_code(str(facts["code"])) if facts else ""
        return cls(**cls.columns(certificate), code=code, check_url=check_url, says=says)


class StarOut(Schema):
    """How many stars the hours reach. `rungs` are the hours of each star; `basis` is `all` or `year`."""

    level: int
    minutes: int
    minutes_to_next: int
    rungs: list[int]
    basis: str

    @classmethod
    def of(cls, star: Star) -> Self:
        return cls(
            level=star.level, minutes=star.minutes, minutes_to_next=star.minutes_to_next,
            rungs=list(star.rungs), basis=star.basis,
        )  # fmt: skip


class CredentialOut(Schema):
    """A certificate as an Open Badge 3.0: a verifiable credential, signed as a JWT."""

    credential: str
