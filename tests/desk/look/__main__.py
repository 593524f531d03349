"""Serve the page of every building block on loopback: `python -m tests.desk.look [PORT]`."""

import os
import sys

import django
from django.conf import settings
from django.core.management import call_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chosach.desk.settings")
    django.setup()
    settings.ROOT_URLCONF = "tests.desk.look.gallery"
    call_command("runserver", f"127.0.0.1:{sys.argv[1] if len(sys.argv) > 1 else 8399}", "--noreload", "--insecure")
