"""Find Chinese that was written into code or templates instead of a catalogue."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ops.words.tree import PACKAGE, app_names, python_files, template_files

HAN = re.compile(r"[\u3400-\u9fff\uff01-\uff5e\u3001-\u3011]")
TEMPLATE_COMMENT = re.compile(
    r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|<!--.*?-->", re.DOTALL
)
# A language and the way to it are always named in its own words, so that its readers find it.
OWN_NAMES = frozenset({"中文", "简体中文", "中", "切换到中文"})
# Beside or above a single text that is data: "# data: the names of the bureau's columns".
DATA_COMMENT = re.compile(r"#\s*data:\s*\S+")
# Files whose Chinese is data, not a word of the screens: glob under the package, reason.
DATA_FILES = {
    "*/demo/**/*.py": "invented people and deeds of the demo county",
    "*/demo*.py": "invented people and deeds of the demo county",
    "*/management/commands/*.py": "talk to whoever runs the installation, in English with examples of names",
    "*/data/**/*.py": "tables of names and codes",
    "*/migrations/*.py": "rows that staff may rename later",
    "*/lunar*.py": "names of the lunar calendar, the same in every language's data",
    "core/hanzi.py": "traditional characters and their simplified ones",
    "core/pinyin.py": "Chinese characters and their readings",
    "core/search.py": "punctuation that is not searched for",
    "core/inputs.py": "characters that an input may hold",
    "core/phones.py": "digits and separators as people type them",
    "core/ids.py": "digits and separators as people type them",
    "places/policies.py": "how the names of places are put together in China, in every language",
    "core/numbers.py": "the Chinese of digits, which are kept out of free words, and the mark left in their place",
    "orders/policies/veiling.py": "the Chinese of house numbers, which are hidden in free words",
    "wishes/policies.py": "the Chinese of names and addresses, by which a public sentence is looked through",
    "campaigns/policies.py": "times of day as people write them in a list",
    "campaigns/sheets.py": "how counties call the columns of the lists they have",
    "plans/policies.py": "days as people write them in a table, in Chinese and in figures",
    "plans/sheets.py": "how counties call the columns of the tables they have",
    "core/danger.py": "the words of danger to life that are listened for, in both languages",
    "places/sources.py": "names of columns in the bureau's files",
    "people/operations/second_factor.py": "the name of the platform in an authenticator",
}


def hardcoded_chinese(*, package: Path = PACKAGE) -> list[str]:
    """Return a line for each Chinese text outside the catalogues and the data files."""
    excused = {path for pattern in DATA_FILES for path in package.glob(pattern)}
    problems: list[str] = []
    for app in app_names(package=package):
        for path in template_files(app, package=package):
            if path not in excused:
                problems.extend(_in_template(path, package))
        for path in python_files(app, package=package):
            if path not in excused:
                problems.extend(_in_python(path, package))
    return problems


def _in_template(path: Path, package: Path) -> Iterator[str]:
    # Comments are blanked, not cut, so that the numbers of the lines stay right.
    text = TEMPLATE_COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), path.read_text("utf-8"))
    for number, line in enumerate(text.splitlines(), start=1):
        words = set(re.findall(r"[\u3400-\u9fff\uff01-\uff5e\u3001-\u3011]+", line)) - OWN_NAMES
        if words:
            yield f"{path.relative_to(package.parent)}:{number}: Chinese in a template: {' '.join(sorted(words))}"


def _in_python(path: Path, package: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    data_lines = {
        number for number, line in enumerate(text.splitlines(), start=1) if DATA_COMMENT.search(line)
    }
    try:
        tree = ast.parse(text)
    except SyntaxError:
        # Reported by the reading of the sentences, with its line.
        return
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docs:
            continue
        if {node.lineno - 1, node.lineno} & data_lines:
            continue
        if HAN.search(node.value) and node.value not in OWN_NAMES:
            yield f"{path.relative_to(package.parent)}:{node.lineno}: Chinese in code: {node.value[:40]!r}"
