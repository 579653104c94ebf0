"""A small template that a list repeats: rendered once for each shape, then only filled in.

Django resolves each value of a template by name at every use; a page of fifty rows spends half of its time on that. A
stencil renders the template once with marks where the values will be and keeps the text between them. The template
stays what a fragment renders, so a row in a list and the same row brought by itself cannot differ.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from html import escape
from typing import Final

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Of the private use area of Unicode: no text of ours or of Django's has them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK: Final = re.compile(f"{_OPEN}(\\w+){_CLOSE}")


class Stencil:
    """One template. Its values come as `row`, by the names of `holes`: finished words that it only puts down.

    What it decides by (`{% if %}`) is its shape: few values by their nature, because each set of them keeps a text of
    its own, as does each language.
    """

    def __init__(self, template_name: str, *, holes: tuple[str, ...]) -> None:
        self._template_name, self._holes = template_name, holes
        self._texts: dict[Hashable, str] = {}

    def fill(self, row: Mapping[str, str], **shape: Hashable) -> str:
        """Return the text with a row's words in it, escaped unless they are marked as safe."""
        key = (get_language(), *shape.values())
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self._cut(shape)
        return text % {
            name: word if isinstance(word, SafeString) else escape(word) for name, word in row.items()
        }

    def _cut(self, shape: Mapping[str, Hashable]) -> str:
        marks = {name: SafeString(f"{_OPEN}{name}{_CLOSE}") for name in self._holes}
        text = get_template(self._template_name).render({"row": marks, **shape})
        return _MARK.sub(r"%(\1)s", text.replace("%", "%%"))


def joined(pieces: Iterable[str]) -> SafeString:
    """Return filled stencils as one text that a template puts down as it is."""
    return SafeString("".join(pieces))
