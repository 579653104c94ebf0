"""Who may see a file: asked of the app that uses it. A purpose that nobody registered is refused."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.files.models import StoredFile

Access = Callable[[Actor, StoredFile], bool]
_access: dict[str, Access] = {}
Look = Callable[[Actor, StoredFile, datetime], None]
_looks: dict[str, Look] = {}
Used = Callable[[Sequence[int]], Iterable[int]]
_users: list[Used] = []


class UnknownPurpose(LookupError):
    """A picture was to be stored for a purpose that no app registered: nobody could ever see it."""


class FileNotYours(NotFound):
    """There is no such file, or it is not the actor's to see: the same answer for both."""

    code = "file_not_found"
    sentence = _("This picture does not exist, or it is not yours to see.")


def register_access(purpose: str, access: Access) -> None:
    """Say who may see files of a purpose; called in the using app's `ready()`."""
    _access[purpose] = access


def register_look(purpose: str, look: Look) -> None:
    """Say how a look at files of a purpose is written down, where they show what is somebody's own (R-Z10)."""
    _looks[purpose] = look


def write_look_down(*, actor: Actor, at: datetime, file: StoredFile) -> None:
    """Let the using app write down who looked, if it does so for this purpose."""
    look = _looks.get(file.purpose)
    if look is not None:
        look(actor, file, at)


def register_use(used: Used) -> Used:
    """Say which of some file ids an app uses; what no app uses a day after the upload is removed."""
    _users.append(used)
    return used


def ids_in_use(ids: Sequence[int]) -> set[int]:
    """Return which of some file ids any app uses."""
    return {file_id for used in _users for file_id in used(ids)}


def knows_uses() -> bool:
    """Tell whether any app said what it uses: a missing registration must not delete pictures."""
    return bool(_users)


def is_known(purpose: str) -> bool:
    """Tell whether an app registered this purpose."""
    return purpose in _access


def may_see(*, actor: Actor, file: StoredFile) -> bool:
    """Tell who may see a file: whom the using app names, and until something uses it, who uploaded it."""
    access = _access.get(file.purpose)
    if access is None or file.deleted_at is not None:
        return False
    is_own = actor.account_id is not None and actor.account_id == file.uploaded_by_id
    return access(actor, file) or (is_own and not ids_in_use([file.pk]))


def check_may_see(*, actor: Actor, file: StoredFile) -> None:
    """Let pass who may see a file. Raises FileNotYours."""
    if not may_see(actor=actor, file=file):
        raise FileNotYours()
