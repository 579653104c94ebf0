"""Accounts, what they were granted, and how they sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from sidan.core.fields import EncryptedTextField, LookupHashField
from sidan.core.ids import uuid7
from sidan.people.enums import ADMIN_ROLES, Role, Theme
from sidan.people.models.person import Person
from sidan.places.models import Place


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its sign-in phone's hash; accounts are made in `people.operations`."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(phone_hash=username)


class Account(AbstractBaseUser):
    """A way in for one person. The sign-in phone is unique; the person's contact phone is not."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    phone = EncryptedTextField(purpose="people.account.phone")
    phone_hash = LookupHashField(purpose="phone", unique=True)
    email = EncryptedTextField(purpose="people.account.email", blank=True)
    """Where messages may be sent, too; only ever one that was confirmed by a code. One signs in by telephone."""
    totp_secret = EncryptedTextField(purpose="people.account.totp_secret", blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    """The last time step whose code was used: a code is good once."""
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="zh-hans")
    large_print = models.BooleanField(default=False)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.PAPER)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "phone_hash"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    def __str__(self) -> str:
        return f"account {self.uuid}"

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: rights are predicates of each app."""
        return False


class RoleGrant(models.Model):
    """A role at a place, from one moment to another. Ended, never deleted."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="grants")
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "place"], condition=Q(ended_at=None), name="people_grant_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("granted_at")),
                name="people_grant_ends_after_it_began",
            ),
            # system, security and audit administration never in one hand (GB/T 22239)
            ExclusionConstraint(
                name="people_three_administrations_in_three_hands",
                expressions=[(F("account"), RangeOperators.EQUAL), (F("role"), RangeOperators.NOT_EQUAL)],
                condition=Q(ended_at=None, role__in=sorted(ADMIN_ROLES)),
            ),
        ]
        indexes = [
            # who holds a role at a place: whom to notify
            models.Index(
                fields=["place", "role"], condition=Q(ended_at=None), name="people_grant_now_at_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} at {self.place_id}"


class ApiToken(models.Model):
    """A bearer token of the API; only its hash is kept."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    token_hash = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"token {self.pk} of {self.account_id}"


class SentCode(models.Model):
    """A code that was sent to somebody; its hash, few tries, few minutes."""

    code_hash = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class SignInCode(SentCode):
    """A code sent to a phone."""

    phone_hash = LookupHashField(purpose="phone")
    address_hash = LookupHashField(purpose="address", null=True)  # type: ignore[misc] # one class for both
    """From where it was asked for; none in rows of before it was written down, which count for an hour."""

    class Meta:
        indexes = [
            # the last code of a phone, and how many were sent within the hour
            models.Index(fields=["phone_hash", "-sent_at"], name="people_code_of_phone"),
            # how many one network address asked for within the hour
            models.Index(fields=["address_hash", "-sent_at"], name="people_code_of_address"),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class EmailCode(SentCode):
    """A code sent to an e-mail address that an account would like to be reached at; gone after a day."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    email = EncryptedTextField(purpose="people.emailcode.email")
    email_hash = LookupHashField(purpose="email")

    class Meta:
        indexes = [
            # the last code of an account, and how many it asked for within the hour
            models.Index(fields=["account", "-sent_at"], name="people_emailcode_of_account"),
            # how many were sent to one address within the hour
            models.Index(fields=["email_hash", "-sent_at"], name="people_emailcode_of_address"),
        ]

    def __str__(self) -> str:
        return f"code {self.pk} of {self.account_id}"


class SignInAttempt(models.Model):
    """A failed try to sign in: counted for the lockout, removed after a day. Holds hashes, nothing readable."""

    phone_hash = LookupHashField(purpose="phone")
    address_hash = LookupHashField(purpose="address")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # failures of a phone, and of a network address, within the window
            models.Index(fields=["phone_hash", "-at"], name="people_attempt_of_phone"),
            models.Index(fields=["address_hash", "-at"], name="people_attempt_of_address"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class DeviceMark(models.Model):
    """An account signed in on a device; the mark itself is known to the browser alone."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    mark_hash = LookupHashField(purpose="device")
    seen_on = models.DateField()

    class Meta:
        constraints = [
            # also serves the question who else signed in on a device
            models.UniqueConstraint(fields=["mark_hash", "account"], name="people_device_of_account_once")
        ]
        indexes = [
            # what has not been seen for half a year
            models.Index(fields=["seen_on"], name="people_device_seen")
        ]

    def __str__(self) -> str:
        return f"device {self.pk} of {self.account_id}"
