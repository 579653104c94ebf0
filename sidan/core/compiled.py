"""Reads that every write begins with: built by Django once, sent many times.

Django builds the SQL of a query anew at every request, which costs more CPU than sending it and reading the answer.
Here a query is built once for each shape of scope (how many counties, roots and teams, never whose), with stand-ins
where the values will be; a request only puts its values in. The condition of the scope is Django's own, from the one
place where it is written, so that nothing can be seen this way that could not be seen the other way.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from psycopg.sql import Literal

from sidan.core.scope import Scope, current_scope, no_scope, scoped

_Row = TypeVar("_Row", bound=Model)
_Read = TypeVar("_Read")
_PLACEHOLDER: Final = re.compile("%%|%s")


@dataclass(frozen=True, slots=True)
class _Plan(Generic[_Read]):
    """A query that is ready to be sent, and how its rows become objects."""

    sql: str
    params: tuple[Any, ...]
    read: Callable[[Sequence[Any]], _Read]
    converts: bool = True
    finds_nothing: bool = False
    """The scope has no right to any row: Django knows without asking, and so do we."""


class Compiled(Generic[_Row]):
    """A query for one row. `build` makes it from named values; `stand_ins` are values of the same types, never real."""

    def __init__(self, build: Callable[..., QuerySet[_Row]], **stand_ins: Hashable) -> None:
        self._build, self._stand_ins = build, stand_ins
        self._plans: dict[Scope, _Plan[_Row]] = {}

    def first(self, **values: Any) -> _Row | None:
        """Return the row within the active scope, with what the query reads beside it. Raises NoScope."""
        scope = current_scope()
        shape = _shape_of(scope)
        plan = self._plans.get(shape)
        if plan is None:
            with scoped(shape):
                plan = self._plans[shape] = _plan_of(self._build(**self._stand_ins)[:1])
        if plan.finds_nothing:
            return None
        real = {self._stand_ins[name]: value for name, value in values.items()}
        real.update(zip(_ids_of(shape), _ids_of(scope), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, [_in_place(param, real) for param in plan.params])
            row = cursor.fetchone()
        return None if row is None else plan.read(row)


class PublicObjects(Generic[_Row]):
    """A query for a few objects of tables that no scope guards, such as places: a scoped model raises NoScope."""

    def __init__(self, build: Callable[..., QuerySet[_Row]], **stand_ins: Hashable) -> None:
        self._build, self._stand_ins = build, stand_ins
        self._plan: _Plan[_Row] | None = None

    def all(self, **values: Any) -> list[_Row]:
        """Return the rows, whoever reads."""
        if self._plan is None:
            with no_scope():
                self._plan = _plan_of(self._build(**self._stand_ins))
        real = {self._stand_ins[name]: value for name, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(self._plan.sql, [_in_place(param, real) for param in self._plan.params])
            found = cursor.fetchall()
        return [self._plan.read(row) for row in found]


class CompiledRows:
    """A query for a list of plain values: `build` makes a `values_list` from named values.

    Values that have a stand-in travel beside the statement. All others are part of its shape and stand in its text, so
    that PostgreSQL knows them when it plans: it must tell the few orders that wait from the many that have ended. Hand
    only values over that way which are few by their nature, for each set of them keeps a plan. The stand-in of a list
    (`core.database.is_among`) is a tuple.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **stand_ins: Hashable) -> None:
        self._build, self._stand_ins = build, stand_ins
        self._plans: dict[Hashable, _Plan[Sequence[Any]]] = {}

    def rows(self, **values: Any) -> list[Sequence[Any]]:
        """Return the rows within the active scope. A value that is left out is none of the query's. Raises NoScope."""
        scope = current_scope()
        shape = _shape_of(scope)
        real = dict(zip(_ids_of(shape), _ids_of(scope), strict=True))
        return self._sent(shape, real, values)

    def once(self, **values: Any) -> list[Sequence[Any]]:
        """Return the rows of a query that is built for this one time, with all values in its text.

        For words that are searched for: PostgreSQL must know them to tell the frequent from the rare, and there are
        too many to keep a plan for each.
        """
        return _asked(_rows_plan_of(self._build(**values), set()), {})

    def _sent(
        self, shape: Scope | None, real: dict[Any, Any], values: Mapping[str, Any]
    ) -> list[Sequence[Any]]:
        sent = {name for name in values if name in self._stand_ins}
        fixed = {name: value for name, value in values.items() if name not in sent}
        key = (shape, frozenset(sent), tuple(sorted(fixed.items())))
        plan = self._plans.get(key)
        if plan is None:
            stand_ins = {name: self._stand_ins[name] for name in sent}
            with no_scope() if shape is None else scoped(shape):
                variable = {*real, *stand_ins.values()}
                plan = self._plans[key] = self._planned(self._build(**stand_ins, **fixed), variable)
        real.update({self._stand_ins[name]: values[name] for name in sent})
        return _asked(plan, real)

    def _planned(self, built: Any, variable: set[Any]) -> _Plan[Sequence[Any]]:
        return _rows_plan_of(built, variable)


class CompiledCounts(CompiledRows):
    """How many rows each of several queries finds, in one statement; none is counted further than `most`.

    `build` makes the queries by their names, the same names for the same values. Counting to a hundred costs the same
    however many there are.
    """

    def __init__(
        self, build: Callable[..., Mapping[str, QuerySet[Any, Any]]], *, most: int, **stand_ins: Hashable
    ) -> None:
        super().__init__(build, **stand_ins)  # type: ignore[arg-type] # several queries, which `_planned` joins
        self._most = most

    def counts(self, **values: Any) -> dict[str, int]:
        """Return the numbers by name, within the active scope. Raises NoScope."""
        return dict(self.rows(**values))  # type: ignore[arg-type] # pairs of name and number

    def _planned(self, built: Any, variable: set[Any]) -> _Plan[Sequence[Any]]:
        parts, params = [], list[Any]()
        for name, rows in built.items():
            compiler = (
                rows.order_by().values_list("pk")[: self._most].query.get_compiler(using=connection.alias)
            )
            try:
                sql, values = compiler.as_sql()
            except EmptyResultSet:
                continue
            parts.append(f"SELECT '{name}', count(*) FROM ({sql}) AS counted")
            params += values
        if not parts:
            return _Plan(sql="", params=(), read=_never, finds_nothing=True)
        text, kept = _with_constants(" UNION ALL ".join(parts), params, variable)
        return _Plan(sql=text, params=kept, read=_as_it_is, converts=False)


class PublicRows(CompiledRows):
    """The same for tables that no scope guards, such as places: a scoped model in the query raises NoScope."""

    def rows(self, **values: Any) -> list[Sequence[Any]]:
        """Return the rows, whoever reads."""
        return self._sent(None, {}, values)


def _shape_of(scope: Scope) -> Scope:
    """Return a scope of the same shape whose ids are nobody's: negative, and each another."""
    return Scope(
        root_ids=_negative(1_000, scope.root_ids),
        whole_county_ids=_negative(2_000, scope.whole_county_ids),
        person_id=None if scope.person_id is None else -1,
        team_ids=_negative(3_000, scope.team_ids),
        keeping_ids=_negative(4_000, scope.keeping_ids),
        holding_ids=_negative(5_000, scope.holding_ids),
        deciding_ids=_negative(6_000, scope.deciding_ids),
        public=scope.public,
        unlimited=scope.unlimited,
        reason="shape" if scope.unlimited else "",
    )


def _negative(start: int, ids: Sequence[int]) -> tuple[int, ...]:
    return tuple(-start - nth for nth in range(len(ids)))


def _ids_of(scope: Scope) -> Iterable[int | None]:
    kept = (*scope.keeping_ids, *scope.holding_ids, *scope.deciding_ids)
    return (*scope.root_ids, *scope.whole_county_ids, *kept, scope.person_id, *scope.team_ids)


def _in_place(param: Any, real: Mapping[Any, Any]) -> Any:
    """Return the real value of a stand-in, in the type that Django gave it; anything else as it is."""
    if isinstance(param, list):
        whole = real.get(tuple(param))
        return [_in_place(one, real) for one in param] if whole is None else list(whole)
    if param is None or param not in real:
        return param
    return type(param)(real[param]) if isinstance(param, int) else real[param]


def _asked(plan: _Plan[Sequence[Any]], real: Mapping[Any, Any]) -> list[Sequence[Any]]:
    if plan.finds_nothing:
        return []
    with connection.cursor() as cursor:
        cursor.execute(plan.sql, [_in_place(param, real) for param in plan.params])
        found = cursor.fetchall()
    return [plan.read(row) for row in found] if plan.converts else found


def _as_it_is(values: Sequence[Any]) -> Sequence[Any]:
    return values


def _never(_values: Sequence[Any]) -> Any:
    raise AssertionError("a statement that finds nothing is not sent")


def _plan_of(rows: QuerySet[_Row]) -> _Plan[_Row]:
    compiler = rows.query.get_compiler(using=connection.alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return _Plan(sql="", params=(), read=_never, finds_nothing=True)
    info: dict[str, Any] = compiler.klass_info or {}
    columns = info["select_fields"]
    start, end = columns[0], columns[-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    populators = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg] # stubs of 6.0
    converters = compiler.get_converters([column[0] for column in compiler.select])

    def read(values: Sequence[Any]) -> _Row:
        converted = next(iter(compiler.apply_converters([values], converters))) if converters else values
        row: _Row = rows.model.from_db(connection.alias, names, converted[start:end])
        for populator in populators:
            populator.populate(converted, row)
        return row

    return _Plan(sql=sql, params=tuple(params), read=read)


def _rows_plan_of(rows: QuerySet[Any, Any], variable: set[Any]) -> _Plan[Sequence[Any]]:
    compiler = rows.query.get_compiler(using=connection.alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return _Plan(sql="", params=(), read=_never, finds_nothing=True)
    converters = compiler.get_converters([column[0] for column in compiler.select])
    text, kept = _with_constants(sql, params, variable)

    def read(values: Sequence[Any]) -> Sequence[Any]:
        found: Sequence[Any] = next(iter(compiler.apply_converters([values], converters)))
        return found

    return _Plan(sql=text, params=kept, read=read, converts=bool(converters))


def _with_constants(sql: str, params: Sequence[Any], variable: set[Any]) -> tuple[str, tuple[Any, ...]]:
    """Write into the text what is the same at every sending; return the text and the values that are still sent."""
    waiting, kept = iter(params), []

    def put(match: re.Match[str]) -> str:
        if match[0] == "%%":
            return "%%"
        param = next(waiting)
        constant = param.value if isinstance(param, Enum) else param
        if not isinstance(constant, (str, int)) or constant in variable:
            kept.append(param)
            return "%s"
        plain = constant if isinstance(constant, (str, bool)) else int(constant)
        return Literal(plain).as_string(connection.connection).replace("%", "%%")

    return _PLACEHOLDER.sub(put, sql), tuple(kept)
