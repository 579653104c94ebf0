"""`sidan doctor`: what is wrong with this installation, and what to do about it."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator

from ops import health
from ops.commands import no_options
from ops.errors import OpsError
from ops.health import Finding, guarded
from ops.installation import ROOT, data_folder, load_environment, running_installation

MARKS = {"ok": "ok", "warn": "!", "wrong": "WRONG"}


def run(_options: argparse.Namespace) -> int:
    """Print the table; the status is 1 when a line is wrong."""
    findings = [*guarded(health.check_python, "python"), *_installation()]
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        advice = f" → {finding.advice}" if finding.state != "ok" and finding.advice else ""
        print(f"{MARKS[finding.state]:<6} {finding.what:<{width}}  {finding.seen}{advice}")
    wrong = [finding for finding in findings if finding.state == "wrong"]
    print(f"\n{len(wrong)} wrong." if wrong else "\nNothing is wrong.")
    return 1 if wrong else 0


def _installation() -> list[Finding]:
    try:
        load_environment()
    except OpsError as error:
        return [Finding("installation", "wrong", str(error), "run `make demo`, or follow docs/deployment.md")]
    findings = [
        *guarded(health.check_secrets, "keys"),
        *guarded(health.check_folders, "folders"),
        *guarded(health.check_ports, "ports"),
    ]
    try:
        with running_installation() as urls:
            findings += guarded(lambda: health.check_database(urls), "database")
            findings += guarded(lambda: health.check_worker(urls), "worker")
            findings.append(_migrations())
            findings += guarded(_data, "data")
    except OpsError as error:
        findings.append(Finding("database", "wrong", str(error), f"look at {data_folder()} and its logs"))
    return findings


def _migrations() -> Finding:
    """Ask Django, in a process of its own while the database is up, what has not been applied."""
    script = (
        "import json, django; django.setup()\n"
        "from django.db import connection\n"
        "from django.db.migrations.executor import MigrationExecutor\n"
        "executor = MigrationExecutor(connection)\n"
        "plan = executor.migration_plan(executor.loader.graph.leaf_nodes())\n"
        "unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)\n"
        "ours = {app for app, _ in executor.loader.disk_migrations}\n"
        "print(json.dumps([len(plan), len([1 for app, _ in unknown if app in ours])]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return Finding("migrations", "wrong", last, "run `sidan manage check`")
    pending, unknown = json.loads(done.stdout)
    if unknown:
        return Finding(
            "migrations",
            "wrong",
            f"{unknown} of a newer version",
            "install the code that the database was used with",
        )
    return Finding("migrations", "wrong" if pending else "ok", f"{pending} to apply", "run `sidan upgrade`")


def _data() -> Iterator[Finding]:
    """Ask the database whether the rows keep the rules that the apps declare."""
    done = subprocess.run(
        [sys.executable, "-m", "django", "check_data", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        yield Finding("data", "wrong", last, "run `sidan manage check_data`")
        return
    rules = json.loads(done.stdout)
    for holds, broken in rules:
        if broken:
            advice = "restore a backup from before, or ask whoever changed tables by hand"
            yield Finding("data", "wrong", f"{broken:,} rows break: {holds}", advice)
    if not any(broken for _holds, broken in rules):
        yield Finding("data", "ok", f"{len(rules)} rules hold")


VERBS = {"doctor": ("say what is wrong with this installation", no_options, run)}
