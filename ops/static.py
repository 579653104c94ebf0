"""Static files: a compressed copy beside each, made once, and served to whoever takes it.

Behind nginx its own process serves them (`gzip_static`); without it the web process does, from the same copies.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

# A file in assets/ has its content's hash in its name: what was fetched once never changes.
HASHED = "/static/assets/"
FOREVER = "public, max-age=31536000, immutable"
# The few that keep their names (the icon, the plain style of error pages) may change with an upgrade.
AN_HOUR = 3600
# The header of a packet and of gzip itself take what would be won on less.
WORTH_BYTES = 512

WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def compress_static(folder: Path) -> None:
    """Write `name.gz` beside every file that becomes smaller by it."""
    compressor = Compressor(use_brotli=False, quiet=True)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.stat().st_size > WORTH_BYTES and compressor.should_compress(path.name):
            for written in compressor.compress(str(path)):
                # As the file itself: nginx must be able to read it whatever mask this process has.
                Path(written).chmod(path.stat().st_mode & 0o777)


def with_static_files(application: WsgiApplication, *, root: Path) -> WsgiApplication:
    """Serve what lies under `root` at /static/, and hand everything else to the application.

    The files are listed once, now: after `sidan migrate` the web process is started anew. Without the folder there is
    nothing to serve, and `sidan doctor` says so.
    """
    if not root.is_dir():
        return application
    served: WsgiApplication = WhiteNoise(
        application,
        root=str(root),
        prefix="static/",
        max_age=AN_HOUR,
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )
    return served


def _add_headers(headers: Headers, _path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    if url.startswith(HASHED):
        headers["Cache-Control"] = FOREVER
