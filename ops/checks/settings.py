"""The settings with keys that open nothing and no database: for checks that read models and never connect."""

import os

for _name, _value in {
    "SIDAN_MODE": "test",
    "SIDAN_SECRET_KEY": "only for checks: signs nothing that leaves this machine",
    "SIDAN_FIELD_KEYS": "1:Y2hlY2tzLWZpZWxkLWtleS1vZi0zMi1ieXRlcy0wMDE=",
    "SIDAN_LOOKUP_KEYS": "1:Y2hlY2tzLWxvb2t1cC1rZXktb2YtMzItYnl0ZXMtMDE=",
    "SIDAN_SIGNING_KEYS": "1:Y2hlY2tzLXNpZ25zLWtleS1vZi0zMi1ieXRlcy0wMDE=",
    "DATABASE_URL": "postgresql://sidan_app@/sidan",
    "DATABASE_OWNER_URL": "postgresql://sidan_owner@/sidan",
}.items():
    os.environ.setdefault(_name, _value)

from config.settings import *  # noqa: E402, F403 - the settings read the environment that was just filled

DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
