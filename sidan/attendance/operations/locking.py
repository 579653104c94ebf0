"""The lock under which the times of a person are derived."""

from django.db import connection


def lock_person(*, person_id: int) -> None:
    """Let one act at a time derive from when to when a person was somewhere, within the caller's transaction.

    Recipe for locks: what the mark belongs to (the order, the activity, the watch), then the person, then the teams.
    Two words at once, on the coming and on the going, would each miss the other, and the time would count nowhere.
    Rows that only point at the person do not wait.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person WHERE id = %s FOR NO KEY UPDATE", [person_id])
