"""Keep an app's catalogue in step with its code, and compile it."""

import os
from dataclasses import dataclass
from pathlib import Path

import polib

from ops.words.extract import Sentence, app_sentences
from ops.words.tree import PACKAGE, app_names, catalogue_path

# No dates and no line numbers: a catalogue changes only when its words do.
METADATA = {
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
# Wide enough for any sentence: a wrapped line makes two people's changes collide.
WIDTH = 10_000


@dataclass(frozen=True)
class Update:
    """What an update did to one catalogue."""

    app: str
    added: int
    gone: int
    waiting: int


def sentence_of(entry: polib.POEntry) -> Sentence:
    """Tell which sentence of the code an entry translates."""
    return Sentence(text=entry.msgid, context=entry.msgctxt or "", plural=entry.msgid_plural or "")


def chinese_of(entry: polib.POEntry) -> str:
    """Return the Chinese of an entry; Chinese has one form for every number."""
    if entry.msgid_plural:
        return str(entry.msgstr_plural.get(0, ""))
    return str(entry.msgstr)


def read_catalogue(app: str, *, package: Path = PACKAGE) -> polib.POFile:
    """Read an app's catalogue; an app without one has an empty one."""
    path = catalogue_path(app, package=package)
    return polib.pofile(str(path), encoding="utf-8") if path.exists() else polib.POFile()


def update_catalogue(app: str, *, package: Path = PACKAGE) -> Update:
    """Add the app's new sentences, drop those that are gone, keep every translation.

    A sentence that another app has translated, or that was dropped as obsolete, comes with its Chinese.
    """
    old = {sentence_of(entry): entry for entry in read_catalogue(app, package=package)}
    known = _known_chinese(package=package)
    sentences = app_sentences(app, package=package)
    catalogue = polib.POFile(wrapwidth=WIDTH)
    catalogue.metadata = dict(METADATA)
    for sentence in sorted(sentences):
        kept = old.get(sentence)
        chinese = chinese_of(kept) if kept else ""
        catalogue.append(_entry(sentence, chinese or known.get(sentence, ""), sentences[sentence], kept))
    path = catalogue_path(app, package=package)
    if sentences or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_if_changed(path, str(catalogue).rstrip("\n").encode() + b"\n")
    active = {sentence for sentence, entry in old.items() if not entry.obsolete}
    waiting = sum(1 for entry in catalogue if not chinese_of(entry))
    return Update(app, len(sentences.keys() - active), len(active - sentences.keys()), waiting)


def compile_catalogues(*, package: Path = PACKAGE) -> list[Path]:
    """Write the compiled form of every catalogue that changed and return what was written.

    One whose words are the same is given the present time: what asks whether it is stale compares times only.
    """
    written = []
    for app in app_names(package=package):
        source = catalogue_path(app, package=package)
        if source.exists():
            target = source.with_suffix(".mo")
            if _write_if_changed(target, read_catalogue(app, package=package).to_binary()):
                written.append(target)
            else:
                target.touch()
    return written


def _known_chinese(*, package: Path) -> dict[Sentence, str]:
    return {
        sentence_of(entry): chinese_of(entry)
        for app in app_names(package=package)
        for entry in read_catalogue(app, package=package)
        if chinese_of(entry) and "fuzzy" not in entry.flags
    }


def _entry(sentence: Sentence, chinese: str, places: list[str], kept: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=sentence.text,
        msgctxt=sentence.context or None,
        occurrences=[(place, "") for place in sorted(places)],
        tcomment=kept.tcomment if kept else "",
        flags=[flag for flag in kept.flags if flag == "fuzzy"] if kept else [],
    )
    if sentence.plural:
        entry.msgid_plural = sentence.plural
        entry.msgstr_plural = {0: chinese}
    else:
        entry.msgstr = chinese
    return entry


def _write_if_changed(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(path)
    return True
