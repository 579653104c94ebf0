"""A model is written only in its own app's operations."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, written_modules

# Only these files of an app write: operations, what runs once over all rows, and the invented county.
WRITERS = frozenset({"operations", "management", "demo", "migrations"})
# What else writes, and why.
ALLOWED = {
    "sidan/people/models/access.py": "Django's own way of making an account goes through its manager",
}
MANAGERS = frozenset({"objects", "everything", "unscoped", "_base_manager", "_default_manager"})
QUERY_STEPS = frozenset({"filter", "exclude", "all", "select_for_update", "order_by"})
ON_ROWS = frozenset(
    {"create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
)
SQL_WRITE = re.compile(
    r"^\s*(WITH\b.*)?(INSERT\s+INTO|UPDATE\s+\w+\s+(AS\s+\w+\s+)?SET|DELETE\s+FROM)\s", re.S | re.I
)


def chain(node: ast.expr) -> list[str]:
    """Name the steps of `Model.objects.filter(…)`, from the left."""
    names: list[str] = []
    while True:
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, ast.Subscript):
            node = node.value
        elif isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        else:
            names.append(node.id if isinstance(node, ast.Name) else "")
            return names[::-1]


def writes(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Yield line, model (empty where unknown) and verb of each write that can be seen in the text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_WRITE.match(node.value):
            yield node.lineno, "", "SQL"
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        verb, before = node.func.attr, chain(node.func.value)
        on_rows = bool(MANAGERS.intersection(before) or QUERY_STEPS.intersection(before))
        if verb in ON_ROWS and on_rows:
            yield node.lineno, before[0] if before[0][:1].isupper() else "", verb
        # A model's own save and delete take no positional arguments; a picture's and a store's do.
        elif verb in {"save", "delete"} and not node.args and before[-1] != "session":
            yield node.lineno, "", verb


def models_imported_from(module: Module) -> dict[str, str]:
    """Map each name that a file imports from an app's models to that app."""
    return {
        alias.asname or alias.name: node.module.split(".")[1]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module and re.match(r"sidan\.\w+\.models\b", node.module)
        for alias in node.names
    }


def test_only_operations_write() -> None:
    wrong = [
        f"{module.place}:{line}: {verb} {model}".rstrip()
        for module in written_modules()
        if module.app not in {"", "core"} and module.kind not in WRITERS and module.place not in ALLOWED
        for line, model, verb in writes(module.tree)
    ]
    assert wrong == []


def test_nobody_writes_another_apps_models() -> None:
    wrong = []
    for module in written_modules():
        if module.kind in {"demo", "management"}:
            continue
        homes = models_imported_from(module)
        for line, model, verb in writes(module.tree):
            if model in homes and homes[model] != module.app:
                wrong.append(f"{module.place}:{line}: {verb} {homes[model]}.{model}")
    assert wrong == []


def test_nothing_is_allowed_that_is_gone() -> None:
    places = {module.place for module in written_modules()}
    assert ALLOWED.keys() <= places


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Order.objects.create(a=1)", "create"),
        ("Order.objects.filter(a=1).update(b=2)", "update"),
        ("rows.filter(a=1).delete()", "delete"),
        ("order.save(update_fields=['state'])", "save"),
        ("cursor.execute('UPDATE orders_order SET a = 1')", "SQL"),
        ("cursor.execute('WITH x AS (SELECT 1) INSERT INTO a VALUES (1)')", "SQL"),
    ],
)
def test_a_write_is_seen(text: str, verb: str) -> None:
    assert [found for _line, _model, found in writes(ast.parse(text))] == [verb]


@pytest.mark.parametrize(
    "text",
    [
        "words.update(a=1)",
        "digest.update(b'')",
        "image.save(buffer, 'JPEG')",
        "store.delete(key)",
        "session.save()",
    ],
)
def test_what_is_no_write_is_not_taken_for_one(text: str) -> None:
    assert list(writes(ast.parse(text))) == []
