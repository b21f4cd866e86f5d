"""Django settings of the clinic; what differs between clinics stands in ``clinic.toml`` of the data folder."""

from __future__ import annotations

import os
from typing import Any

from puncta.clinic.folder import clinic_folder
from puncta.clinic.library import PunctaError, text
from puncta.clinic.network import asked_for_lan, network
from puncta.clinic.sealed_sqlite import available, lies_sealed

_FOLDER = clinic_folder()
_OWN: dict[str, Any] = _FOLDER.settings

SECRET_KEY = _FOLDER.secret()
DEBUG = False
NETWORK = network(_OWN, _FOLDER, lan=asked_for_lan())
HTTPS = NETWORK.https
_LAN_HOSTS = [NETWORK.name, *(f"[{one}]" if ":" in one else one for one in NETWORK.addresses)] if NETWORK.lan else []
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_LAN_HOSTS, *_OWN.get("hosts", [])]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _OWN.get("hosts", [])]

INSTALLED_APPS = [
    "puncta.clinic.apps.ClinicConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "puncta.clinic.guard.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "puncta.clinic.guard.OnlyHttps",
    "puncta.clinic.guard.OnlyReadAndSend",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "puncta.clinic.guard.Pace",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "puncta.clinic.guard.Membership",
    "puncta.clinic.guard.IdleLock",
    "puncta.clinic.guard.TurnedRound",
    "puncta.clinic.guard.OwnPassword",
    "puncta.clinic.guard.CalmRefusals",
]

ROOT_URLCONF = "puncta.clinic.urls"
WSGI_APPLICATION = "puncta.clinic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "puncta.clinic.every_page.context",
            ],
            "builtins": ["puncta.clinic.templatetags.clinic"],
        },
    }
]

#: Encrypted where this computer has SQLCipher; a file that is encrypted is never opened without it.
SEALED_DATABASE = available()
if not SEALED_DATABASE and lies_sealed(_FOLDER.database):
    raise PunctaError(text("clinic.start.no_cipher", file=_FOLDER.database))
_SQLITE = {
    "ENGINE": "puncta.clinic.sealed_sqlite" if SEALED_DATABASE else "django.db.backends.sqlite3",
    "NAME": str(_FOLDER.database),
    # kept open: pages that were decrypted once stay so for the next request
    "CONN_MAX_AGE": 3600,
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # FULL: what was answered with "saved" is on the disk, even where the power goes
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    },
}


def _database() -> dict[str, Any]:
    """SQLite in the folder, or PostgreSQL where the settings or the environment name one."""
    own = dict(_OWN.get("postgresql", {}))
    name = os.environ.get("PUNCTA_CLINIC_POSTGRESQL") or own.pop("database", "")
    if not name:
        return _SQLITE
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": own.get("user", os.environ.get("PGUSER", "")),
        "PASSWORD": own.get("password", os.environ.get("PGPASSWORD", "")),
        "HOST": own.get("host", os.environ.get("PGHOST", "")),
        "PORT": own.get("port", os.environ.get("PGPORT", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- who ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "clinic.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "puncta.clinic.passwords.NotTooLong"},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "puncta.clinic.staff_only.StaffOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/10m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if HTTPS else [])]
MFA_PASSKEY_LOGIN_ENABLED = HTTPS
MFA_TOTP_ISSUER = "Puncta"
MFA_ADAPTER = "puncta.clinic.second.SealedFactors"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
#: With HTTPS a browser takes these from this host alone, and nothing on the network can plant one.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_PREFIX}clinic", f"{_PREFIX}clinic-forms"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "puncta.clinic.views.refusals.stale_page"
IDLE_MINUTES = int(_OWN.get("idle_minutes", 15))
#: Pages that one account, or one place without an account, may ask for in a minute.
PAGES_A_MINUTE, PAGES_A_MINUTE_OUTSIDE = 1200, 240
#: Whole exports that one account may take in an hour.
EXPORTS_AN_HOUR = 6

# --- what comes in -----------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_HANDLERS = ["puncta.clinic.uploads.MemoryOnly"]
PHOTOGRAPH_MAX_BYTES = 40 * 1024 * 1024
PHOTOGRAPH_MAX_PIXELS = 80_000_000

# --- what goes out -----------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# only a proxy on this computer is believed when it says that it speaks HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NETWORK.proxy else None
X_FRAME_OPTIONS = "DENY"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

USE_TZ = True
TIME_ZONE = str(_OWN.get("time_zone", "UTC"))
LANGUAGE_CODE = "en"
USE_I18N = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # paths carry opaque ids only; bodies, names and query strings never reach a log
    "formatters": {
        "line": {"()": "puncta.clinic.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {
        "file": {
            "class": "puncta.clinic.logs.FolderLog",
            "formatter": "line",
            "folder": str(_FOLDER.logs),
        }
    },
    "loggers": {
        "django": {"handlers": ["file"], "level": "WARNING", "propagate": False},
        "puncta.clinic": {"handlers": ["file"], "level": "INFO", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W018"]

# --- plans -------------------------------------------------------------------------------------------------------
PLAN_IN_BACKGROUND = True
PLAN_DRAWS = 200
#: Photographs are measured, pairs compared and people learnt from beside the page, too.
MEASURE_IN_BACKGROUND = LEARN_IN_BACKGROUND = True
#: Simulated people behind an update, as many as `puncta update` takes.
LEARN_DRAWS = 500
