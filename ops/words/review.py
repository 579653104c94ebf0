"""Say what is wrong with the words: untranslated, uncertain, left over, inconsistent, or written past the catalogue."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from ops.words.catalogue import chinese_of, read_catalogue, sentence_of
from ops.words.extract import Sentence, UnreadableWords, app_sentences
from ops.words.hardcoded import hardcoded_chinese
from ops.words.tree import PACKAGE, app_names

PLACEHOLDER = re.compile(r"%\(\w+\)[-+ #0]*[\d.]*[a-zA-Z]|%[sdrifx]|\{\w*\}")
HAN = re.compile(r"[\u3400-\u9fff]")


def review_words(*, package: Path = PACKAGE) -> list[str]:
    """Return one line for everything wrong in any catalogue, template or code file."""
    problems: list[str] = []
    meanings: dict[tuple[str, str], dict[str, str]] = {}
    for app in app_names(package=package):
        problems.extend(_review_app(app, package=package))
        for entry in read_catalogue(app, package=package):
            if not entry.obsolete and chinese_of(entry):
                key = (entry.msgctxt or "", entry.msgid)
                meanings.setdefault(key, {}).setdefault(chinese_of(entry), app)
    problems.extend(_two_meanings(meanings))
    problems.extend(hardcoded_chinese(package=package))
    return problems


def entry_problems(entry: polib.POEntry) -> Iterator[str]:
    """Yield what is wrong with one translated sentence."""
    if entry.obsolete:
        yield "left over, no code shows it any more"
        return
    if "fuzzy" in entry.flags:
        yield "marked as uncertain (fuzzy)"
    chinese = chinese_of(entry)
    if not chinese:
        yield "without Chinese"
        return
    told = set(PLACEHOLDER.findall(chinese))
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    # The singular may name the number in words ("one order"); the plural never may.
    if told != wanted:
        yield f"placeholders differ: {sorted(wanted)} became {sorted(told)}"
    if HAN.search(entry.msgid):
        yield "the sentence in the code must be English"


def _review_app(app: str, *, package: Path) -> Iterator[str]:
    try:
        shown = app_sentences(app, package=package)
    except UnreadableWords as error:
        yield str(error)
        return
    catalogue = read_catalogue(app, package=package)
    for entry in catalogue:
        for problem in entry_problems(entry):
            yield f"{app}: {_quoted(sentence_of(entry))}: {problem}"
        if not entry.obsolete and sentence_of(entry) not in shown:
            yield f"{app}: {_quoted(sentence_of(entry))}: left over, no code shows it any more"
    listed = {sentence_of(entry) for entry in catalogue if not entry.obsolete}
    for sentence in sorted(shown.keys() - listed):
        yield f"{app}: {_quoted(sentence)}: not in the catalogue ({', '.join(shown[sentence])})"


def _two_meanings(meanings: dict[tuple[str, str], dict[str, str]]) -> Iterator[str]:
    """Django merges all catalogues into one: with two translations of one sentence, one app shows the other's."""
    for (context, text), by_chinese in sorted(meanings.items()):
        if len(by_chinese) > 1:
            told = ", ".join(f"{app} 「{chinese}」" for chinese, app in by_chinese.items())
            yield f"{_quoted(Sentence(text, context))}: two translations ({told}); agree on one or give a context"


def _quoted(sentence: Sentence) -> str:
    text = sentence.text if len(sentence.text) <= 70 else sentence.text[:67] + "…"
    return f"“{text}”" + (f" [{sentence.context}]" if sentence.context else "")
