"""The checks tell what failed and how to mend it, and leave nothing out."""

import tomllib
from pathlib import Path

import pytest

from ops.checks import __main__ as command
from ops.checks import imports
from ops.checks.steps import ROOT, STEPS, Step, run_steps

GOOD = Step("good", ("-c", "print('fine')"), "nothing")
BAD = Step("bad", ("-c", "import sys; print('a.py:1: wrong'); sys.exit(3)"), "write it right")


def test_every_step_runs_even_if_one_fails() -> None:
    bad, good = run_steps([BAD, GOOD])
    assert (bad.passed, good.passed) == (False, True)
    assert bad.said == "a.py:1: wrong"


def test_a_failure_is_told_with_what_it_said_and_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "STEPS", (GOOD, BAD))
    assert command.main([]) == 1
    said = capsys.readouterr().out
    assert "a.py:1: wrong" in said
    assert "to mend: write it right" in said
    assert "fine" not in said


def test_steps_can_be_chosen_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "STEPS", (GOOD, BAD))
    assert command.main(["good"]) == 0
    assert "bad" not in capsys.readouterr().out


def test_an_unknown_step_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["nonsense"])
    assert "no such step: nonsense" in capsys.readouterr().err


def test_steps_have_names_of_their_own() -> None:
    assert len({step.name for step in STEPS}) == len(STEPS)


def test_an_app_without_a_place_in_the_contracts_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "app_names", lambda: ["core", "orders", "weather"])
    assert "sidan.weather" in imports.missing_containers()


def test_the_layers_of_the_document_are_those_of_the_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = [{name.strip(" ()") for name in layer.split("|")} for layer in contracts[0]["layers"]]
    text = Path(ROOT / "docs" / "structure.md").read_text("utf-8").split("## Layers", 1)[1].split("\n\n")[1]
    told = [set(row.split("|")[1].replace(" ", "").split(",")) for row in text.splitlines()[2:]]
    existing = {path.parent.name for path in (ROOT / "sidan").glob("*/__init__.py")}
    assert told == [layer & existing for layer in layers if layer & existing]
