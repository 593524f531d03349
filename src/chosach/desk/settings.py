"""Django settings. Every CHOSACH_… variable read here is documented in docs/settings.md (a test holds the two together)."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from chosach.desk import config

BASE_DIR = Path(__file__).resolve().parent
HOME = config.home()
SECRET_KEY = config.secret_key(HOME)
DEBUG = config.flag("CHOSACH_DEBUG")
ALLOWED_HOSTS = config.words("CHOSACH_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = config.words("CHOSACH_TRUSTED_ORIGINS")
# Behind TLS (every real installation): secure cookies, HSTS, redirect. Off on loopback, where the demo runs.
BEHIND_TLS = config.flag("CHOSACH_TLS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_filters",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "chosach.desk.core",
    "chosach.desk.ledger",
    "chosach.desk.agencies",
    "chosach.desk.accounts",
    "chosach.desk.plan",
    "chosach.desk.law",
    "chosach.desk.jobs",
    "chosach.desk.evidence",
    "chosach.desk.registry",
    "chosach.desk.rings",
    "chosach.desk.screenings",
    "chosach.desk.api",
    "chosach.desk.imports",
    "chosach.desk.leads",
    "chosach.desk.cases",
    "chosach.desk.learning",
    "chosach.desk.reports",
    "chosach.desk.oversight",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chosach.desk.core.middleware.PrivateMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chosach.desk.core.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "chosach.desk.core.middleware.SoundRequestMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "chosach.desk.accounts.middleware.SessionActivityMiddleware",
    "chosach.desk.accounts.middleware.ActorMiddleware",
    "chosach.desk.accounts.middleware.FirstThingsMiddleware",
    "chosach.desk.ledger.middleware.RefusalMiddleware",
    "chosach.desk.core.middleware.ProblemMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "chosach.desk.urls"
WSGI_APPLICATION = "chosach.desk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chosach.desk.core.context.page",
            ],
        },
    },
]

DATABASES = {"default": config.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "chosach_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["chosach.desk.core.formats"]

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Argon2 first: as hard to guess from a stolen database as the default, and quick enough not to hold up a sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "chosach.desk.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "chosach.desk.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Chợ sạch"
# A code of the half minute before or after is good too: clocks of telephones differ, and people type slowly.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
# Wrong passwords: ten for one name in five minutes from anywhere, or from one address in a minute, make wait; five for one name from
# one address lock that name for that address for half an hour.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,10/5m/key"}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "login", "ip_address"]
AXES_DISABLE_ACCESS_LOG = True  # who signed in when stands in the ledger
AXES_CLIENT_IP_CALLABLE = "chosach.desk.accounts.adapter.client_address"
AXES_VERBOSE = False
# How many proxies stand before the server and add to X-Forwarded-For: lock-outs count by the address that the first of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CHOSACH_PROXIES", "0"))
# Roles that must have a second factor before they see anything (comma-separated role names).
MFA_REQUIRED_ROLES = config.words("CHOSACH_MFA_ROLES")

# Security headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "chosach.desk.core.views.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31536000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = BEHIND_TLS
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# The ledger: the key that signs its heads, and where heads are brought (in real installations a place outside this server).
KEYS_DIR = HOME / "keys"
HEADS_DIR = Path(os.environ.get("CHOSACH_HEADS_DIR", HOME / "heads"))

# Files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]  # served from the package itself: nothing to collect
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/vendor/[a-z-]+-\d+\.\d+\.\d+/"  # the version stands in the address
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# How long a job is held by a worker without a sign of life before another may take it up, in seconds.
JOB_LEASE_SECONDS = int(os.environ.get("CHOSACH_JOB_LEASE_SECONDS", "60"))
# The largest file of listings and the largest piece of evidence taken in, in bytes.
IMPORT_MAX_BYTES = int(os.environ.get("CHOSACH_IMPORT_MAX_BYTES", "500000000"))
# The largest ZIP of pictures of listings, in bytes, and how many pictures it may hold.
PICTURES_MAX_BYTES = int(os.environ.get("CHOSACH_PICTURES_MAX_BYTES", "500000000"))
PICTURES_MAX_FILES = int(os.environ.get("CHOSACH_PICTURES_MAX_FILES", "20000"))
EVIDENCE_MAX_BYTES = int(os.environ.get("CHOSACH_EVIDENCE_MAX_BYTES", "50000000"))

# Logs carry no form data, no names, no addresses of persons: only what a server operator needs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"chosach": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}
