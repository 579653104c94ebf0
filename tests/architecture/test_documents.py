"""What is promised in docs/ is what the code does: settings, dependencies, words."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from django.db.models import Choices
from django.utils import translation

from sidan.catalogue.enums import MenuState, Mode, ProjectState
from sidan.mediation.enums import CaseState
from sidan.orders.enums import AssignmentState, OrderState, Outcome, VisitState
from sidan.people.enums import Role, TeamLevel
from sidan.places.enums import PlaceKind, PlaceState
from sidan.wishes.enums import WishState
from tests.architecture.source import ROOT, files, modules

READERS = frozenset({"env_text", "env_int", "env_flag", "env_choice", "env_list", "env_path"})


def table(document: str, *, heading: str = "") -> list[list[str]]:
    """The rows of a document's tables, below one heading if it is named; back-ticks are taken off."""
    text = (ROOT / "docs" / document).read_text("utf-8")
    if heading:
        text = re.split(r"^#+ ", text.split(f"## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line.strip("| ").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in row] for row in rows]


def settings_read() -> set[str]:
    """The names that the settings read from the environment."""
    found = set()
    for module in modules("config"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS:
                found |= {
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and re.fullmatch(r"[A-Z][A-Z_]{3,}", str(part.value))
                }
    return found


def test_settings_are_read_in_one_place_only() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules("sidan")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"environ", "getenv"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "os"
    ]
    # prometheus_client itself reads this folder from the environment.
    assert [place for place in wrong if not place.startswith("sidan/core/metrics.py")] == []


def settings_told() -> set[str]:
    """The names that the document explains."""
    return {row[0] for row in table("settings.md") if re.fullmatch(r"[A-Z_]+", row[0])}


def settings_used() -> set[str]:
    """The names that occur anywhere in the code."""
    name = re.compile(r"\b(?:SIDAN|DATABASE)_[A-Z_]*[A-Z]\b")
    return settings_read() | {found for module in modules() for found in name.findall(module.text)}


def test_every_setting_is_documented() -> None:
    assert settings_used() - settings_told() == set()


def test_no_setting_is_documented_that_nobody_reads() -> None:
    of_tests = {"CI", "HYPOTHESIS_PROFILE", "SIDAN_TEST_DATA"}
    assert settings_told() - settings_used() - of_tests == set()


def wanted_packages() -> set[str]:
    """Every package that one of the lists asks for by name."""
    found = set()
    for name in ("requirements.in", "requirements-dev.in"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        found |= {
            re.split(r"[\[<>=~! ;]", line, maxsplit=1)[0].lower() for line in lines if line[:1].isalpha()
        }
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for extra in pyproject["project"].get("optional-dependencies", {}).values():
        found |= {re.split(r"[\[<>=~! ;]", line, maxsplit=1)[0].lower() for line in extra}
    package = json.loads((ROOT / "frontend" / "package.json").read_text("utf-8"))
    return found | {*package.get("dependencies", {}), *package.get("devDependencies", {})}


def test_every_dependency_says_what_it_is_for() -> None:
    assert wanted_packages() == {
        row[0] for row in table("dependencies.md")[2:] if row[0] not in {"Package", "---"}
    }


GLOSSARY = {
    "States of an order": OrderState,
    "States of an assignment": AssignmentState,
    "States of a visit": VisitState,
    "Outcomes of a review": Outcome,
    "States of a project": ProjectState,
    "States of a menu": MenuState,
    "Ways of a service": Mode,
    "Kinds of place": PlaceKind,
    "States of a place": PlaceState,
    "Roles": Role,
    "Levels of team": TeamLevel,
    "States of a mediation": CaseState,
    "States of a wish": WishState,
}


@pytest.mark.parametrize("heading", GLOSSARY)
def test_the_glossary_has_the_words_of_the_code(heading: str) -> None:
    kind: type[Choices] = GLOSSARY[heading]
    with translation.override("en"):
        english = {str(choice.value): str(choice.label) for choice in kind}
    rows = table("glossary.md", heading=heading)[2:]
    assert {row[0]: row[2] for row in rows} == english


@pytest.mark.parametrize("heading", GLOSSARY)
def test_the_glossary_has_the_words_of_the_screens(heading: str) -> None:
    kind: type[Choices] = GLOSSARY[heading]
    with translation.override("zh-hans"):
        chinese = {str(choice.value): str(choice.label) for choice in kind}
    rows = table("glossary.md", heading=heading)[2:]
    assert {row[0]: row[1] for row in rows} == chinese


def test_no_file_names_this_machine() -> None:
    own = [str(path) for path in (ROOT, Path.home()) if len(path.parts) > 2]
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files(
            ".py", ".md", ".toml", ".json", ".js", ".in", ".lock", ".service", ".conf", ".po", ".cfg"
        )
        for name in own
        if re.search(rf"(?<![\w/]){re.escape(name)}/", path.read_text("utf-8"))
    ]
    assert wrong == []


def test_lock_files_name_no_host() -> None:
    """Whoever builds chooses where packages come from; the locks carry only names, versions and digests."""
    locks = [
        *ROOT.glob("requirements*.lock"),
        ROOT / "frontend" / "package-lock.json",
        ROOT / "frontend" / ".npmrc",
    ]
    wrong = [
        f"{path.name}: {found[0]}"
        for path in locks
        if path.exists()
        and (
            found := re.search(
                r'--(extra-)?index-url.*|--find-links.*|"resolved":\s*"http.*|^registry.*',
                path.read_text("utf-8"),
                re.M,
            )
        )
    ]
    assert wrong == []


@pytest.mark.parametrize("path", sorted((ROOT / "docs").rglob("*.md")), ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
