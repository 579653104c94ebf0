"""The numbers of the house: short functions, short files, short templates, a word for every exception."""

import ast
import math
import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Module, files, modules, written_modules

FUNCTION_P95, FUNCTION_LIMIT = 30, 60
FILE_P95, FILE_LIMIT = 300, 500
TEMPLATE_P95 = 120
SUPPRESSION = re.compile(r"#\s*(type:\s*ignore|noqa|fmt:\s*off|pragma)")
# Code in brackets and then, after another sign, words.
WITH_REASON = re.compile(
    r"#\s*(type:\s*ignore\[[\w, -]+\]\s*#\s*\S+|noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*\s*(-|#)\s*\S+)"
)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def p95(lengths: list[int]) -> int:
    """The length that 95 of 100 do not exceed."""
    return sorted(lengths)[max(0, math.ceil(len(lengths) * 0.95) - 1)]


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every def of a file, methods and inner ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def comments(module: Module) -> dict[int, str]:
    """The comments of a file by line."""
    tokens = tokenize.generate_tokens(StringIO(module.text).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def test_functions_are_short() -> None:
    sizes = {
        f"{module.place}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for module in written_modules()
        for node in functions(module)
    }
    print(f"{len(sizes)} functions, p95 {p95([*sizes.values()])} lines, longest {max(sizes.values())}")
    assert {name: size for name, size in sizes.items() if size > FUNCTION_LIMIT} == {}
    assert p95([*sizes.values()]) <= FUNCTION_P95


def test_files_are_short() -> None:
    sizes = {module.place: module.text.count("\n") for module in written_modules()}
    print(f"{len(sizes)} files, p95 {p95([*sizes.values()])} lines, longest {max(sizes.values())}")
    assert {name: size for name, size in sizes.items() if size > FILE_LIMIT} == {}
    assert p95([*sizes.values()]) <= FILE_P95


def test_templates_are_short() -> None:
    sizes = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8").count("\n")
        for path in files(".html")
        if "templates" in path.parts
    }
    print(f"{len(sizes)} templates, p95 {p95([*sizes.values()])} lines, longest {max(sizes.values())}")
    assert p95([*sizes.values()]) <= TEMPLATE_P95


def test_an_import_inside_a_function_says_why() -> None:
    wrong = {
        f"{module.place}:{node.lineno}"
        for module, said in ((module, comments(module)) for module in written_modules())
        if module.kind != "apps"  # ready() is where Django wants receivers to be imported
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and not {node.lineno, node.lineno - 1} & said.keys()
    }
    assert wrong == set()


def test_a_silenced_rule_says_which_and_why() -> None:
    wrong = [
        f"{module.place}:{line}: {comment}"
        for module in modules("sidan", "config", "ops", "tests")
        for line, comment in comments(module).items()
        if SUPPRESSION.search(comment) and not WITH_REASON.search(comment)
    ]
    assert wrong == []


def test_nothing_is_left_for_later() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in files(".py", ".html", ".js", ".css", ".md", ".toml")
        if (found := UNFINISHED.search(path.read_text("utf-8")))
    ]
    assert wrong == []


def test_templates_hold_no_scripts_handlers_or_styles() -> None:
    """The content security policy refuses them; here they are found before a browser does."""
    inline = re.compile(
        r"<script(?![^>]*\b(src|type=\"application/json\"))|\son\w+\s*=|\sstyle\s*=|javascript:", re.I
    )
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {found[0].strip()}"
        for path in files(".html")
        if "templates" in path.parts and "email" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if (found := inline.search(line))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "sidan").glob("*/migrations/0*.py")), ids=lambda path: path.stem
)
def test_a_migration_is_named_as_a_sentence(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_[a-z]+(_[a-z0-9]+)+", path.stem)
    assert not re.search(r"_auto_|_initial$|_and_more|^\d{4}_alter_", path.stem)
