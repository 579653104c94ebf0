"""Search in Chinese: a column of single characters and pairs under a GIN index.

Trigrams cannot serve words of two characters, and most Chinese words have two. A stored array answers in about a
millisecond over a million rows. Each run of Chinese gives its characters and its pairs; letters and digits give
pairs and triples in lower case, so that any part of a number or of a word is found; names also give their pinyin
and its initials. A query must find every one of its pairs: that lets through a rare row whose pairs stand apart,
which a reader of a list of hits does not mind.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayContains  # type: ignore[attr-defined] # has no stub
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from sidan.core.pinyin import pinyin_forms, place_forms

MAX_QUERY_LENGTH: Final = 100
_LATIN_END: Final = 0x250

if TYPE_CHECKING:
    _TermsField = ArrayField[Iterable[str], list[str]]
else:
    _TermsField = ArrayField


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Cut a text into runs of letters and digits (True) and of other script such as Chinese (False)."""
    run, run_is_latin = "", False
    for char in unicodedata.normalize("NFKC", text).casefold():
        is_latin = ord(char) < _LATIN_END
        if run and (not char.isalnum() or is_latin != run_is_latin):
            yield run_is_latin, run
            run = ""
        if char.isalnum():
            run, run_is_latin = run + char, is_latin
    if run:
        yield run_is_latin, run


def _grams(run: str, size: int) -> Iterator[str]:
    return (run[start : start + size] for start in range(len(run) - size + 1))


def _stored(text: str) -> Iterator[str]:
    for is_latin, run in _runs(text):
        if not is_latin or len(run) == 1:
            yield from run
        yield from _grams(run, 2)
        if is_latin:
            yield from _grams(run, 3)


def search_terms(*texts: str | None) -> list[str]:
    """Return the terms under which these texts are found, sorted and each once."""
    return sorted({term for text in texts if text for term in _stored(text)})


def name_terms(*names: str | None) -> list[str]:
    """Return the terms of people's or teams' names: their own, their pinyin and its initials."""
    forms = [form for name in names if name for form in (name, *pinyin_forms(name))]
    return search_terms(*forms)


def place_terms(*names: str | None) -> list[str]:
    """Return the terms of places' names: as `name_terms`, and read as names of places are."""
    forms = [form for name in names if name for form in (name, *place_forms(name))]
    return search_terms(*forms)


def query_terms(query: str) -> list[str]:
    """Return the terms that a row must all have to match a query; none when the query holds no letter."""
    terms: set[str] = set()
    for is_latin, run in _runs(query[:MAX_QUERY_LENGTH]):
        size = 3 if is_latin else 2
        terms.update(_grams(run, size) if len(run) >= size else (run,))
    return sorted(terms)


def search_q(field: str, query: str) -> Q:
    """Return the condition that a row's search column has all of a query; an empty query lets every row through.

    A query of nothing but signs finds nothing rather than everything.
    """
    terms = query_terms(query)
    if terms:
        return Q(**{f"{field}__has": terms})
    return Q(pk__in=[]) if query.strip() else Q()


class SearchField(_TermsField):
    """The column of terms. With `sources` (plain texts) or `names` it follows them at every save.

    With `save(update_fields=[…])` the search column must be named beside its source.
    """

    def __init__(self, *, sources: tuple[str, ...] = (), names: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.sources, self.names = sources, names
        kwargs.pop("base_field", None)
        kwargs.setdefault("default", list)
        kwargs["blank"], kwargs["editable"] = True, False
        super().__init__(models.TextField(), **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("base_field", "blank", "editable"):
            kwargs.pop(fixed, None)
        if kwargs.get("default") is list:
            del kwargs["default"]
        if self.sources:
            kwargs["sources"] = self.sources
        if self.names:
            kwargs["names"] = self.names
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if not self.sources and not self.names:
            return super().pre_save(model_instance, add)
        plain = search_terms(*(getattr(model_instance, source) for source in self.sources))
        named = name_terms(*(getattr(model_instance, source) for source in self.names))
        terms = sorted({*plain, *named})
        setattr(model_instance, self.attname, terms)
        return terms


@SearchField.register_lookup
class HasTerms(ArrayContains):  # type: ignore[misc] # its base has no stub
    """All these terms stand in the column.

    Of a word that its statistics do not know PostgreSQL believes that one row in two hundred has it, and would rather
    walk down a whole list of 120,000 to find a page of them. The second half is true of every row that the first lets
    through, and divides that guess by three, so that the index is asked; words that many rows have keep their plan.
    """

    lookup_name = "has"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the condition with its hint."""
        has, values = super().as_postgresql(compiler, connection)
        column, more = self.process_lhs(compiler, connection)
        return f"({has} AND cardinality({column}) > 0)", [*values, *more]


def search_index(*, name: str, field: str = "search") -> GinIndex:
    """Return the index that serves `search_q`; every search column has one."""
    return GinIndex(fields=[field], name=name)
