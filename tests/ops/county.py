"""A county's own server, as docs/deployment.md says: the very files of deploy/, nginx and PgBouncer run for real.

Only what names a machine is put in their place: ports, folders, the name and its certificate.
"""

import base64
import contextlib
import hashlib
import json
import os
import re
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ops.postgres.account import server_account
from ops.programs import port_is_free
from ops.proxies import find_proxies
from ops.static import compress_static
from sidan.core import clock
from tests.browser.site import Site, free_port, run_module, running_program, wait_until_ready
from tests.conftest import DATABASE
from tests.database import ROOT, settings_environment

DEPLOY = ROOT / "deploy"
PORTS = ("http", "https", "web", "live", "pgbouncer")
NGINX = """\
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/logs/nginx.log;
events {{}}
http {{
    default_type application/octet-stream;
    types {{ text/css css; text/javascript js; image/svg+xml svg; font/woff2 woff2; }}
    access_log off;
    {temporary}
    include {folder}/sidan.conf;
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass
class County:
    """The machine: where everything lies, which ports it has, and the settings of its programs."""

    folder: Path
    database_url: str
    ports: dict[str, int] = field(default_factory=lambda: {name: free_port() for name in PORTS})
    site: Site = field(init=False)

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.ports['https']}"

    @property
    def trust(self) -> ssl.SSLContext:
        """A client that believes our certificate and no other."""
        return ssl.create_default_context(cafile=self.folder / "fullchain.pem")

    @property
    def key_print(self) -> str:
        """The print of the certificate's key, as a browser takes it: SHA-256 of its public half, in base64."""
        certificate = x509.load_pem_x509_certificate((self.folder / "fullchain.pem").read_bytes())
        public = certificate.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(hashlib.sha256(public).digest()).decode()

    def settings(self, *, mode: str = "demo", pooled: bool = False) -> dict[str, str]:
        """Return /etc/sidan/sidan.env and, for the web processes, /etc/sidan/web.env."""
        own = {
            **settings_environment(),
            "SIDAN_MODE": mode,
            "SIDAN_DATA": str(self.folder),
            "SIDAN_HOSTS": "127.0.0.1",
            "SIDAN_ORIGINS": self.url,
            "SIDAN_PORT": str(self.ports["web"]),
            "SIDAN_LIVE_PORT": str(self.ports["live"]),
            "SIDAN_LIVE_URL": "/live/",
            "SIDAN_WEB_WORKERS": "2",
            "DATABASE_URL": self.database_url,
            "DATABASE_OWNER_URL": DATABASE.owner_url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        if pooled:
            own |= {"SIDAN_PGBOUNCER": "yes", "DATABASE_URL": self._pooled_url()}
        return {**os.environ, **own}

    def _pooled_url(self) -> str:
        parts = urlsplit(self.database_url)
        secret = f"{parts.username}:{quote(unquote(parts.password or ''), safe='')}"
        return f"postgresql://{secret}@127.0.0.1:{self.ports['pgbouncer']}/sidan"

    @contextlib.contextmanager
    def web(self, *, mode: str) -> Iterator[None]:
        """Run the web processes, behind PgBouncer, for as long as the block lasts."""
        log = self.folder / "logs" / "serve.log"
        with running_program("serve", self.settings(mode=mode, pooled=True), log):
            wait_until_ready(f"http://127.0.0.1:{self.ports['web']}/readyz", log)
            yield


@contextlib.contextmanager
def running_county() -> Iterator[County]:
    """Set it up, start all but the web processes, and take everything away again."""
    database = replace(DATABASE, name=f"{DATABASE.name}_county")
    database.drop()
    database.create()
    with contextlib.ExitStack() as stack:
        stack.callback(database.drop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sidan-county-")))
        # As the page on deployment has it: nginx may go through, and look at nothing but what is named to it.
        folder.chmod(0o711)
        (folder / "logs").mkdir(mode=0o700)
        county = County(folder=folder, database_url=database.app_url)
        _collect_static(county)
        told = json.loads(run_module(county.settings(), "tests.browser.build"))
        county.site = Site(url=county.url, logs=folder / "logs", **told)
        stack.enter_context(_pgbouncer(county))
        for verb in ("live", "worker"):
            stack.enter_context(running_program(verb, county.settings(), folder / "logs" / f"{verb}.log"))
        stack.enter_context(_nginx(county))
        yield county


def _collect_static(county: County) -> None:
    # Services write with this mask; nginx, another account, must be able to read all the same.
    before = os.umask(0o077)
    try:
        run_module(county.settings(), "django", "collectstatic", "--noinput", "--verbosity=0")
        compress_static(county.folder / "static")
    finally:
        os.umask(before)


def _changed(path: Path, *changes: tuple[str, str]) -> str:
    """Return a file of deploy/ with what names a machine replaced; each change must find something to change."""
    text = path.read_text(encoding="utf-8")
    for pattern, instead in changes:
        text, found = re.subn(pattern, lambda _match, instead=instead: instead, text, flags=re.M)
        assert found, f"{path} has no {pattern}"
    return text


@contextlib.contextmanager
def _pgbouncer(county: County) -> Iterator[None]:
    parts = urlsplit(county.database_url)
    sockets = unquote(parts.query.removeprefix("host="))
    where = f"sidan = host={sockets} port=5432 dbname={parts.path.lstrip('/')}"
    users = county.folder / "userlist.txt"
    config = county.folder / "pgbouncer.ini"
    users.write_text(f'"{parts.username}" "{unquote(parts.password or "")}"\n', encoding="utf-8")
    config.write_text(
        _changed(
            DEPLOY / "pgbouncer" / "pgbouncer.ini",
            (r"^sidan = .*$", where),
            (r"^listen_port = .*$", f"listen_port = {county.ports['pgbouncer']}\nunix_socket_dir ="),
            (r"^auth_file = .*$", f"auth_file = {users}"),
        ),
        encoding="utf-8",
    )
    account = server_account()
    for path in (users, config):
        path.chmod(0o600)
        if account.lent:
            os.chown(path, account.uid, account.gid)
    with _server(
        county,
        "pgbouncer",
        [str(config)],
        port=county.ports["pgbouncer"],
        user=account.uid if account.lent else None,
    ):
        yield


@contextlib.contextmanager
def _nginx(county: County) -> Iterator[None]:
    folder, ports = county.folder, county.ports
    _make_certificate(folder)
    proxy = folder / "sidan-proxy.conf"
    proxy.write_text((DEPLOY / "nginx" / "sidan-proxy.conf").read_text(encoding="utf-8"), encoding="utf-8")
    config = _changed(
        DEPLOY / "nginx" / "sidan.conf",
        (r"^.*listen \[::\].*\n", ""),
        (r"listen 80;", f"listen 127.0.0.1:{ports['http']};"),
        (r"listen 443 ", f"listen 127.0.0.1:{ports['https']} "),
        (r"server_name .*;", "server_name 127.0.0.1;"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{ports['web']}"),
        (r"127\.0\.0\.1:8001", f"127.0.0.1:{ports['live']}"),
        (r"/etc/ssl/sidan", str(folder)),
        (r"/etc/nginx/sidan-proxy\.conf", str(proxy)),
        (r"/var/lib/sidan/", f"{folder}/"),
    )
    (folder / "sidan.conf").write_text(config, encoding="utf-8")
    is_root = os.geteuid() == 0
    main = NGINX.format(
        folder=folder,
        # Debian's: an account that owns nothing of ours.
        user="user www-data;" if is_root else "",
        temporary="\n    ".join(f"{name}_temp_path {folder}/tmp-{name};" for name in TEMPORARY),
    )
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    arguments = ["-c", str(folder / "nginx.conf"), "-e", str(folder / "logs" / "nginx.log")]
    with _server(county, "nginx", arguments, port=ports["https"]):
        yield


@contextlib.contextmanager
def _server(
    county: County, name: str, arguments: list[str], *, port: int, user: int | None = None
) -> Iterator[None]:
    """Run one of the two until the block ends; it must stay up and end when it is told to."""
    log = county.folder / "logs" / f"{name}.out"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [find_proxies()[name], *arguments],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/", user=user,
            extra_groups=[] if user else None,
        )  # fmt: skip
    try:
        give_up = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < give_up and port_is_free(port):
            time.sleep(0.1)
        assert process.poll() is None, log.read_text(errors="replace")
        yield
        assert process.poll() is None, log.read_text(errors="replace")
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a county of tests")])
    begun = clock.now() - timedelta(hours=1)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + timedelta(days=2))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = folder / "private.pem"
    private.touch(mode=0o600)
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
