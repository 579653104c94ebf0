"""The files for a county's server name only what exists."""

import re
from pathlib import Path

import pytest

from ops.cli import MODULES
from ops.static import FOREVER
from tests.ops.installations import ROOT

VERBS = {name for module in MODULES for name in module.VERBS}


@pytest.mark.parametrize(
    "path", sorted((ROOT / "deploy" / "systemd").glob("*.service")), ids=lambda path: path.name
)
def test_a_unit_starts_a_verb_that_exists(path: Path) -> None:
    called = re.findall(r"^ExecStart=/opt/sidan/\.venv/bin/sidan ([a-z-]+)", path.read_text(), re.M)
    assert len(called) == 1
    assert set(called) <= VERBS


def test_every_setting_of_the_example_is_explained() -> None:
    explained = (ROOT / "docs" / "settings.md").read_text()
    names = re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "sidan.env.example").read_text(), re.M)
    assert names
    assert [name for name in names if f"`{name}`" not in explained] == []


def test_the_deployment_page_names_only_verbs_and_files_that_exist() -> None:
    page = (ROOT / "docs" / "deployment.md").read_text()
    assert set(re.findall(r"`sidan ([a-z-]+)", page)) <= VERBS
    for name in re.findall(r"deploy/[a-z/.-]+[a-z]", page):
        assert (ROOT / name).exists(), name


def test_nginx_sends_the_compressed_copies_and_no_compressed_pages() -> None:
    config = (ROOT / "deploy" / "nginx" / "sidan.conf").read_text()
    # `gzip on` would compress HTML whatever gzip_types says.
    assert re.findall(r"^\s*gzip (\w+);", config, re.M) == ["off"]
    assert config.count("gzip_static on;") == 2
    assert f'"{FOREVER}"' in config
