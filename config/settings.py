"""Settings of one installation. Every value from outside comes through `config.env`; docs/settings.md explains each."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from config.env import SettingError, env_choice, env_flag, env_int, env_list, env_path, env_text
from sidan.attendance.policies.standing_out import read_limits
from sidan.core.logs import logging_config
from sidan.notify.gateways import METHODS, BadGateway, read_gateway
from sidan.places.working_time import read_hours

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env_path("SIDAN_DATA", BASE_DIR / "var")

MODE = env_choice("SIDAN_MODE", ("demo", "test", "production"), "production")
DEBUG = False
SECRET_KEY = env_text("SIDAN_SECRET_KEY")
ALLOWED_HOSTS = env_list("SIDAN_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("SIDAN_ORIGINS")

# --- the database: two roles, one to migrate and one to serve -----------------------------------------------------


def database_from_url(url: str) -> dict[str, object]:
    """Turn postgresql://user:password@host:port/name?host=/socket into Django's form."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "sidan.core.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "")) or parts.hostname or "",
        "PORT": str(parts.port or query.get("port", "")),
        # Connections stay open: a worker has one or two threads, so it holds one or two.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # PgBouncer in transaction mode cannot keep server-side cursors or named statements.
        "DISABLE_SERVER_SIDE_CURSORS": env_flag("SIDAN_PGBOUNCER"),
        "OPTIONS": {
            # Values travel beside the statement, so that the server plans a statement once and not at every request.
            "server_side_binding": True,
            "prepare_threshold": None if env_flag("SIDAN_PGBOUNCER") else 5,
            "application_name": "sidan",
        },
    }


DB_ROLE = env_choice("SIDAN_DB_ROLE", ("app", "owner"), "app")
DATABASES = {
    "default": database_from_url(env_text("DATABASE_OWNER_URL" if DB_ROLE == "owner" else "DATABASE_URL"))
}
_IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    # Of each process. Nothing that must be the same for all processes stands in a cache.
    "default": {"BACKEND": _IN_MEMORY},
    # Finished sheets of paper, each a few hundred kilobytes: few, and the oldest gives way.
    "paper": {"BACKEND": _IN_MEMORY, "LOCATION": "paper", "OPTIONS": {"MAX_ENTRIES": 40}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- apps ---------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
    "sidan.core",
    "sidan.audit",
    "sidan.evidence",
    "sidan.files",
    "sidan.notify",
    "sidan.places",
    "sidan.people",
    "sidan.catalogue",
    "sidan.attendance",
    "sidan.bookings",
    "sidan.hours",
    "sidan.honours",
    "sidan.orders",
    "sidan.activities",
    "sidan.rotas",
    "sidan.plans",
    "sidan.fairs",
    "sidan.lectures",
    "sidan.schools",
    "sidan.campaigns",
    "sidan.mediation",
    "sidan.wishes",
    "sidan.limits",
    "sidan.talk",
    "sidan.reviews",
    "sidan.analytics",
    "sidan.needs",
    "sidan.supply",
    "sidan.desk",
    "sidan.kiosk",
    "sidan.dossiers",
    "sidan.web",
    "sidan.api",
]

# Every request passes the edge; Django's stock chain is for pages only (the API, health and metrics go past it).
MIDDLEWARE = ["sidan.core.middleware.Edge", "sidan.core.middleware.PagesOnly"]
PAGES_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sidan.people.access.PageActorMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
CSRF_FAILURE_VIEW = "sidan.core.problems.csrf_failure"

AUTH_USER_MODEL = "people.Account"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "sidan.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "sidan.core.templatetags.sidan"],
        },
    }
]

# Fields and forms in the house's look, wherever a template says {{ form }}.
FORM_RENDERER = "sidan.web.forms.Renderer"

# --- words and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# --- office hours: what a working day and a working hour mean -----------------------------------------------------

try:
    OFFICE_HOURS = read_hours(env_text("SIDAN_OFFICE_HOURS", "08:30-12:00,14:30-17:30"))
except ValueError as wrong:
    raise SettingError(f"SIDAN_OFFICE_HOURS cannot be understood ({wrong}); see docs/settings.md") from wrong

# --- times of visits: from where on they stand out -----------------------------------------------------------------

try:
    TIMES_LIMITS = read_limits(
        hours=env_text("SIDAN_DAY_HOURS", "8,12"),
        night=env_text("SIDAN_NIGHT", "22:00-05:00"),
        alike=env_int("SIDAN_TIMES_ALIKE", 5),
        late_days=env_int("SIDAN_TIMES_LATE_DAYS", 3),
    )
except ValueError as wrong:
    raise SettingError(
        f"SIDAN_DAY_HOURS, SIDAN_NIGHT, SIDAN_TIMES_ALIKE or SIDAN_TIMES_LATE_DAYS cannot be understood ({wrong}); "
        "see docs/settings.md"
    ) from wrong

# --- files and static ---------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
# nginx reads the static folder as another account, whatever mask the account of the installation writes with.
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
FILES_URL = env_text("SIDAN_FILES_URL", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- keys of encrypted fields: versions, the highest encrypts -----------------------------------------------------

FIELD_CIPHER = env_choice("SIDAN_CIPHER", ("aes-gcm", "sm4-gcm"), "aes-gcm")
FIELD_KEYS = env_text("SIDAN_FIELD_KEYS")
LOOKUP_KEYS = env_text("SIDAN_LOOKUP_KEYS")
# Empty where an installation was set up before there were any: then nothing is signed.
SIGNING_KEYS = env_text("SIDAN_SIGNING_KEYS", "")

# --- signing in ---------------------------------------------------------------------------------------------------

SESSION_ENGINE = "sidan.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = MODE == "production"
CSRF_COOKIE_SECURE = MODE == "production"
# Thirty days for a resident's own phone; staff are cut by the idle time-out below.
SESSION_COOKIE_AGE = 30 * 24 * 3600
IDLE_MINUTES = env_int("SIDAN_IDLE_MINUTES", 30)
LOCKOUT_FAILURES = env_int("SIDAN_LOCKOUT_FAILURES", 5)
CODES_PER_ADDRESS = env_int("SIDAN_CODES_PER_ADDRESS", 50)
SHEETS_PER_ADDRESS = env_int("SIDAN_SHEETS_PER_ADDRESS", 60)
BOOKING_DAYS_AHEAD = env_int("SIDAN_BOOKING_DAYS_AHEAD", 60)
BOOKINGS_AHEAD = env_int("SIDAN_BOOKINGS_AHEAD", 3)
SERIES_DAYS_AHEAD = env_int("SIDAN_SERIES_DAYS_AHEAD", 35)
PLAN_REMINDER_DAYS = env_int("SIDAN_PLAN_REMINDER_DAYS", 3)
DOSSIER_DAYS = env_int("SIDAN_DOSSIER_DAYS", 14)
HOME_DIVISION = env_text("SIDAN_HOME_DIVISION", "")
HOURS_NOTICE_DAYS = env_int("SIDAN_HOURS_NOTICE_DAYS", 7)
ABSENCE_ANSWER_DAYS = env_int("SIDAN_ABSENCE_ANSWER_DAYS", 3)
FAMILY_ENROLMENTS = env_int("SIDAN_FAMILY_ENROLMENTS", 5)
LOCKOUT_MINUTES = env_int("SIDAN_LOCKOUT_MINUTES", 15)
REQUIRE_TOTP = env_flag("SIDAN_REQUIRE_TOTP")
LOGIN_URL = "people:sign_in"

# --- messages out, live view --------------------------------------------------------------------------------------

SMTP_URL = env_text("SIDAN_SMTP_URL", "")
DEFAULT_FROM_EMAIL = env_text("SIDAN_MAIL_FROM", "sidan@localhost")
try:
    SMS_GATEWAY = read_gateway(
        url=env_text("SIDAN_SMS_URL", ""),
        method=env_choice("SIDAN_SMS_METHOD", METHODS, "POST"),
        headers=env_text("SIDAN_SMS_HEADERS", ""),
        body=env_text("SIDAN_SMS_BODY", ""),
        agrees=env_text("SIDAN_SMS_OK", ""),
        secret=env_text("SIDAN_SMS_SECRET", ""),
    )
except BadGateway as wrong:
    raise SettingError(f"{wrong}; see docs/settings.md") from wrong
# Invented addresses only: elsewhere a message that was only written down would look as if it had been sent.
MESSAGES_TO_LOG = MODE == "demo" and env_flag("SIDAN_MESSAGES_TO_LOG")
CHAT_SCHEMES = frozenset(env_list("SIDAN_CHAT_SCHEMES"))
LIVE_URL = env_text("SIDAN_LIVE_URL", "/live/")
METRICS_TOKEN = env_text("SIDAN_METRICS_TOKEN", "")
LOGGING = logging_config(level=env_choice("SIDAN_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"))
