"""Locks of a name instead of a row, for what is not written down yet; PostgreSQL lets go of them with the transaction.

The name is hashed with the installation's key: what waits for what shows in the server's own views, and so in its logs.
"""

from django.db import connection

from sidan.core.crypto import lookup_hash


def wait_for(*, value: str, purpose: str) -> None:
    """Let transactions about one value go one after the other until each has ended.

    What is read afterwards is what the others have left behind. The caller is in a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key(value, purpose)])


def take_if_free(*, value: str, purpose: str) -> bool:
    """Take the lock of a value without waiting; tell whether it was free. The caller is in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_key(value, purpose)])
        return bool(cursor.fetchone()[0])


def _key(value: str, purpose: str) -> int:
    return int.from_bytes(lookup_hash(value=value, purpose=purpose)[-8:], "big", signed=True)
