"""An arrow may only point down: imports, foreign keys by name, edges, pure rules."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings

from ops.checks.imports import main as lint_imports
from ops.checks.imports import missing_containers
from tests.architecture.source import Module, levels, written_modules

PURE = frozenset({"states", "policies", "solver", "calendar"})
# Choices carry their words, facts carry nothing: this much of Django and no more.
CHOICES_MAY_IMPORT = frozenset({"django.db", "django.db.models", "django.utils.translation"})
EDGES = frozenset({"views", "forms", "schemas", "tasks", "receivers", "urls", "api", "admin"})


def imported(module: Module) -> Iterator[tuple[str, int]]:
    """Yield every module that a file imports, with the line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.lineno
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def test_every_app_is_a_container_of_the_contracts() -> None:
    assert missing_containers() == []


def test_the_contracts_of_imports_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports()
    assert status == 0, capsys.readouterr().out


def test_foreign_keys_point_down() -> None:
    height = levels()
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        own = model._meta.app_label
        for field in model._meta.get_fields():
            if (
                own not in height
                or not field.is_relation
                or field.auto_created
                or field.related_model is None
            ):
                continue
            other = field.related_model._meta
            if other.label == settings.AUTH_USER_MODEL or other.app_label not in height:
                continue
            if other.app_label != own and height[other.app_label] >= height[own]:
                wrong.append(f"{model._meta.label}.{field.name} points up or aside to {other.label}")
    assert wrong == []


def test_pure_rules_know_nothing_of_django_models_or_the_clock() -> None:
    wrong = [
        f"{module.place}:{line}: imports {name}"
        for module in written_modules()
        if module.kind in PURE and module.app
        for name, line in imported(module)
        if name.split(".")[0] in {"django", "psycopg"}
        or any(part in {"models", "queries", "operations"} for part in name.split("."))
        or name.startswith("sidan.core.clock")
    ]
    assert wrong == []


def test_choices_and_events_take_only_words_from_django() -> None:
    wrong = [
        f"{module.place}:{line}: imports {name}"
        for module in written_modules()
        if module.kind in {"enums", "events"} and module.app not in {"", "core"}
        for name, line in imported(module)
        if name.split(".")[0] == "django" and not name.startswith(tuple(CHOICES_MAY_IMPORT))
    ]
    assert wrong == []


def test_edges_are_imported_only_by_their_own_app() -> None:
    """`sidan.api` puts the apps' routers together and the site's table of contents their urls; nobody else looks in."""
    wrong = []
    for module in written_modules():
        for name, line in imported(module):
            parts = name.split(".")
            if (
                parts[0] != "sidan"
                or len(parts) < 3
                or parts[1] in {"core", module.app}
                or parts[2] not in EDGES
            ):
                continue
            if (module.app == "api" and parts[2] == "api") or (
                module.app == "" and parts[2] in {"urls", "views"}
            ):
                continue
            wrong.append(f"{module.place}:{line}: imports {name}")
    assert wrong == []
