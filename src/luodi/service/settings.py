"""Settings of the service; everything a deployer changes comes from the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from luodi.errors import UsageError
from luodi.service.embedded import home

BASE = Path(__file__).parent
DATA = Path(os.environ.get("LUODI_DATA") or BASE.parents[2])  # the folder that holds demo/ and packs/
DEBUG = False
DEMO = os.environ.get("LUODI_DEMO", "1") == "1"
ALLOWED_HOSTS = os.environ.get("LUODI_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")


def _database() -> dict[str, object]:
    """``DATABASE_URL`` (``postgresql://user:password@host:port/name?host=/socket/folder``) as Django wants it."""
    url = urlsplit(os.environ.get("DATABASE_URL") or "postgresql://luodi_owner@/luodi")
    if url.scheme not in ("postgresql", "postgres"):
        raise UsageError(f"DATABASE_URL 应以 postgresql:// 开头，读到的是“{url.scheme}://”。Luodi 只使用 PostgreSQL。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/") or "luodi",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or parse_qs(url.query).get("host", [""])[0],
        "PORT": url.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _secret_key() -> str:
    """``LUODI_SECRET_KEY``, else one made once and kept in the state folder, readable by us alone."""
    given = os.environ.get("LUODI_SECRET_KEY")
    if given:
        return given
    file = home() / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(50))
    return file.read_text()


SECRET_KEY = _secret_key()
DATABASES = {"default": _database()}
POPULATION_ENGINE = os.environ.get("LUODI_POPULATION_ENGINE", "duckdb")  # of a run that names none: duckdb or postgres
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "luodi.service.accounts",
    "luodi.service.audit",
    "luodi.service.jobs",
    "luodi.service.registry",
    "luodi.service.policies",
    "luodi.service.duties",
    "luodi.service.awards",
    "luodi.service.papers",
    "luodi.service.dashboards",
    "luodi.service.administration",
    "luodi.service.api",
    "procrastinate.contrib.django",  # last: it looks for every app's tasks
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "luodi.service.middleware.ContentSecurityPolicy",
    "luodi.service.api.errors.OneErrorFormat",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "luodi.service.middleware.BusinessDate",
    "luodi.service.accounts.middleware.IdleLock",
    "luodi.service.accounts.middleware.Acting",
    "luodi.service.accounts.middleware.OwnPassword",
    "luodi.service.accounts.middleware.SecondFactor",
    "luodi.service.middleware.ClearErrors",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "luodi.service.urls"
WSGI_APPLICATION = "luodi.service.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["luodi.service.templatetags.luodi"],
            "libraries": {"luodi": "luodi.service.templatetags.luodi"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luodi.service.context.every_page",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "luodi.service.accounts.adapter.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before what binds the office; once given, it holds for
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
MFA_ADAPTER = "luodi.service.accounts.second_factor.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "落地"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: a phone's clock may be that far off
SECOND_FACTOR = os.environ.get("LUODI_SECOND_FACTOR", "0" if DEMO else "1") == "1"  # officials must have one
IDLE_LOCK = 30 * 60  # seconds without a page, then the password is asked for
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("LUODI_HTTPS", "0") == "1"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y-m-d"

STATIC_URL = "/static/"
STATIC_ROOT = BASE / "static"
WHITENOISE_ROOT = None
# Only tries at signing in and codes that were used stand here: every worker process must know them.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# An uploaded text is screened in memory before anything is written; larger ones are not taken at all.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 33 * 1000 * 1000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
PGHISTORY_APPEND_ONLY = True
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True
