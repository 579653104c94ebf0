"""Find the sentences that an app shows, in its code and its templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

from ops.words.tree import PACKAGE, python_files, template_files

# What the positions of the arguments mean: c = context, s = sentence, p = plural.
SHAPES = {
    "_": "s",
    "_lazy": "s",
    "gettext": "s",
    "gettext_lazy": "s",
    "gettext_noop": "s",
    "ngettext": "sp",
    "ngettext_lazy": "sp",
    "pgettext": "cs",
    "pgettext_lazy": "cs",
    "npgettext": "csp",
    "npgettext_lazy": "csp",
}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")


class UnreadableWords(ValueError):
    """A file cannot be read for its sentences; the text names the place and the reason."""


@dataclass(frozen=True, order=True)
class Sentence:
    """One sentence to translate; two with the same context and text are the same."""

    text: str
    context: str = ""
    plural: str = ""


def app_sentences(app: str, *, package: Path = PACKAGE) -> dict[Sentence, list[str]]:
    """Map every sentence of an app to the files it stands in.

    Raises UnreadableWords for a file that does not parse or a sentence that is computed.
    """
    found: dict[Sentence, list[str]] = {}
    for path, reader in [
        *((path, python_sentences) for path in python_files(app, package=package)),
        *((path, template_sentences) for path in template_files(app, package=package)),
    ]:
        place = path.relative_to(package.parent).as_posix()
        for sentence in reader(path.read_text("utf-8"), place=place):
            places = found.setdefault(sentence, [])
            if place not in places:
                places.append(place)
    return found


def python_sentences(source: str, *, place: str) -> Iterator[Sentence]:
    """Yield the sentences handed to gettext and its kin in Python code."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise UnreadableWords(f"{place}:{error.lineno}: {error.msg}") from error
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        shape = SHAPES.get(name)
        if shape is not None and len(node.args) >= len(shape):
            yield _sentence(shape, [_literal(arg, place) for arg in node.args[: len(shape)]])


def template_sentences(source: str, *, place: str) -> Iterator[Sentence]:
    """Yield the sentences of a Django template.

    Django itself turns the tags into calls; those are read one by one, because the rest of what it
    writes is filling that no parser accepts.
    """
    try:
        calls = templatize(source, origin=place)
    except SyntaxError as error:
        raise UnreadableWords(f"{place}: {error.msg}") from error
    for name, arguments in CALL.findall(calls):
        values = [ast.literal_eval(text) for text in re.findall(LITERAL, arguments)]
        yield _sentence(SHAPES[name], values)


def _literal(node: ast.expr, place: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise UnreadableWords(
        f"{place}:{node.lineno}: a sentence to translate must be a plain text, not computed"
    )


def _sentence(shape: str, values: list[str]) -> Sentence:
    parts = dict(zip(shape, values, strict=False))
    return Sentence(text=parts["s"], context=parts.get("c", ""), plural=parts.get("p", ""))
