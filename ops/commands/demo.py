"""`sidan demo`: an installation with an invented county in it, from nothing to an address in the browser."""

import argparse
import os
import secrets

import psycopg

from ops import envfile, postgres, programs
from ops.commands.migrate import prepare_if_changed
from ops.commands.running import only_supervisor, supervise
from ops.echo import MessageEcho
from ops.errors import OpsError
from ops.installation import adopt, data_folder, follow_django, run_django, running_installation
from ops.preflight import check_before_start

XUNWU = "360734000000"
"""Fifteen counties stand in the demo; the pages of this one open for who has chosen none."""
SETTINGS = {
    **envfile.GENERATED,
    "SIDAN_MODE": lambda: "demo",
    "SIDAN_MESSAGES_TO_LOG": lambda: "yes",
    "SIDAN_HOME_DIVISION": lambda: XUNWU,
    "SIDAN_METRICS_TOKEN": lambda: secrets.token_urlsafe(24),
}

ACCOUNTS = "demo-accounts.txt"
# What the county takes once loaded, with its indexes and the write-ahead log of loading.
COUNTY_MEGABYTES = {"small": 100, "full": 3000}
ORDERS_A_MEGABYTE = 30
ACTIVITIES_A_MEGABYTE = 10
MOST_WANTED = 1_000_000


def configure(parser: argparse.ArgumentParser) -> None:
    """Offer the size."""
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--full", action="store_true", help="the county in its reported size; takes about a minute"
    )
    size.add_argument(
        "--orders", type=_number_wanted, default=0, metavar="NUMBER",
        help="a district of 1,000 places with so many orders; 120000 take some minutes",
    )  # fmt: skip
    size.add_argument(
        "--activities", type=_number_wanted, default=0, metavar="NUMBER",
        help="the same with so many activities that are over, 30 people at each; 25000 take some minutes",
    )  # fmt: skip
    parser.add_argument("--no-serve", action="store_true", help="load only, start nothing")


def run(options: argparse.Namespace) -> int:
    """Make what is missing, load the county once, and serve until Ctrl-C. What refuses does so before it writes."""
    folder, (wanted, megabytes) = data_folder(), _wanted(options)
    values, made = envfile.planned_env(data_dir=folder, generators=SETTINGS)
    adopt(values)
    started = [] if options.no_serve else programs.all_programs()
    port, live_port = programs.web().port, programs.live().port
    os.environ.setdefault("SIDAN_LIVE_URL", f"http://127.0.0.1:{live_port}/live/")
    check_before_start(started, content=megabytes)
    with only_supervisor(started):
        if made:
            envfile.write_env(data_dir=folder, values=values)
        with running_installation() as urls:
            prepare_if_changed()
            _load(urls, wanted=wanted)
            if started:
                echo = MessageEcho(folder / "logs" / "worker.log")
                supervise(started, urls, when_ready=lambda: _welcome(port), each_second=echo)
                print("Stopped; the data is kept.", flush=True)
    return 0


def _wanted(options: argparse.Namespace) -> tuple[str, int]:
    """Return what is to be loaded, and how many megabytes that takes."""
    if options.orders:
        return f"--orders={options.orders}", COUNTY_MEGABYTES["full"] + options.orders // ORDERS_A_MEGABYTE
    if options.activities:
        megabytes = COUNTY_MEGABYTES["full"] + options.activities // ACTIVITIES_A_MEGABYTE
        return f"--activities={options.activities}", megabytes
    size = "full" if options.full else "small"
    return f"--size={size}", COUNTY_MEGABYTES[size]


def _number_wanted(text: str) -> int:
    number = int(text)
    if not 0 < number <= MOST_WANTED:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_WANTED:,}")
    return number


def _load(urls: postgres.Urls, *, wanted: str) -> None:
    """Load the county unless there is data."""
    if has_data(urls.owner):
        print("There is data already, and it is kept (`make reset` throws it away).", flush=True)
        return
    print("Loading the county …", flush=True)
    # The accounts are kept beside the data: asking for them again would load all of Django for a dozen lines.
    # It writes in one transaction: a start that is killed here leaves nothing, and the next one begins anew.
    kept = f"--accounts-file={data_folder() / ACCOUNTS}"
    if follow_django("load_demo", wanted, kept, supervised=True):
        raise OpsError("the county could not be loaded; what stopped it stands above")


def has_data(owner_url: str) -> bool:
    """Say whether anybody or anything has been loaded yet."""
    with psycopg.connect(owner_url) as connection:
        row = connection.execute("SELECT EXISTS (SELECT 1 FROM people_account)").fetchone()
    return bool(row and row[0])


def _welcome(port: int) -> None:
    kept = data_folder() / ACCOUNTS
    if not kept.exists():
        run_django("load_demo", "--accounts", f"--accounts-file={kept}")
    print(kept.read_text(encoding="utf-8"))
    print(f"Codes and other messages appear here, and in {data_folder() / 'logs' / 'worker.log'}.")
    print(f"Sidan is at http://127.0.0.1:{port}/ · Ctrl-C stops it, the data is kept.", flush=True)


VERBS = {"demo": ("load a demo county and start everything", configure, run)}
