"""The tree of categories. It is small (some tens of rows), so it is read whole, in one query."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sidan.catalogue.enums import Audience
from sidan.catalogue.models import Category
from sidan.core.compiled import PublicRows
from sidan.core.language import shown

IDEOGRAPHIC_SPACE: Final = "\u3000"


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A category where it stands in the tree; `depth` 0 is a root."""

    category: Category
    depth: int


def category_tree(*, active_only: str = "yes") -> list[CategoryNode]:
    """Return all categories in the order of a table of contents."""
    rows = Category.objects.order_by("position", "code")
    if active_only == "yes":
        rows = rows.filter(is_active=True)
    below: dict[str | None, list[Category]] = defaultdict(list)
    codes = set()
    found = list(rows)
    for category in found:
        codes.add(category.code)
    for category in found:
        # A child of a retired kind stands at the top rather than nowhere.
        below[category.parent_id if category.parent_id in codes else None].append(category)
    tree: list[CategoryNode] = []
    waiting = [CategoryNode(category, 0) for category in reversed(below[None])]
    while waiting:
        node = waiting.pop()
        tree.append(node)
        waiting += [CategoryNode(child, node.depth + 1) for child in reversed(below[node.category.code])]
    return tree


def category_options() -> list[tuple[str, str]]:
    """Return the code and the shown name of all active categories, in the same order and set in by a space below."""
    kinds = {code: (parent, shown(name, english)) for code, parent, name, english in _NAMES.rows()}
    below: dict[str | None, list[str]] = defaultdict(list)
    for code, (parent, _name) in kinds.items():
        below[parent if parent in kinds else None].append(code)
    options: list[tuple[str, str]] = []
    waiting = [(code, "") for code in reversed(below[None])]
    while waiting:
        code, space = waiting.pop()
        options.append((code, space + kinds[code][1]))
        waiting += [(child, IDEOGRAPHIC_SPACE) for child in reversed(below[code])]
    return options


_NAMES: Final = PublicRows(
    lambda: (
        Category.objects.filter(is_active=True)
        .order_by("position", "code")
        .values_list("code", "parent_id", "name", "name_en")
    )
)


def category_words() -> dict[str, str]:
    """Return the name of each category in the reader's language, in their order: the words of figures split by it."""
    return {category.code: category.shown_name for category in Category.objects.all()}


def orderable_kinds() -> list[str]:
    """Return the codes of the active categories without any below: what services are, not their groups."""
    groups = Category.objects.exclude(parent=None).values("parent")
    return list(Category.objects.filter(is_active=True).exclude(pk__in=groups).values_list("pk", flat=True))


_WHOM: Final = PublicRows(lambda: Category.objects.values_list("code", "parent_id", "audience"))


def audience_words(*, code: str) -> list[str]:
    """Return the groups for whom a kind of service is meant, in words; nothing where it is for everybody."""
    whom = audiences().get(code, frozenset())
    return [str(one.label) for one in Audience if one in whom]


def audiences() -> dict[str, frozenset[str]]:
    """Return for whom each kind of service is meant, those above it asked where it says nothing; empty: everybody."""
    rows = {code: (parent, told) for code, parent, told in _WHOM.rows()}
    found: dict[str, frozenset[str]] = {}
    for code in rows:
        here: str | None = code
        passed: set[str] = set()
        while here is not None and here not in passed and not rows[here][1]:
            passed.add(here)
            here = rows[here][0]
        found[code] = frozenset(rows[here][1] if here is not None else ())
    return found


def category_line(*, code: str) -> list[str]:
    """Return the code and those above it, nearest first."""
    parents = dict(Category.objects.values_list("code", "parent_id"))
    line: list[str] = []
    above: str | None = code
    while above is not None and above not in line:
        line.append(above)
        above = parents.get(above)
    return line


def category_with_below(*, code: str) -> set[str]:
    """Return the code and all below it."""
    children: dict[str | None, list[str]] = defaultdict(list)
    for child, parent in Category.objects.values_list("code", "parent_id"):
        children[parent].append(child)
    found: set[str] = set()
    waiting = [code]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += children[here]
    return found
