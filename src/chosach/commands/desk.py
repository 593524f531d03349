"""Commands that start Django."""

import os

import typer


def setup_django() -> None:
    """Make the desk usable in this process. Every command that needs the desk calls this first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chosach.desk.settings")
    import django

    django.setup()


def manage(context: typer.Context) -> None:
    """Lệnh quản trị của Django (migrate, check, shell…)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chosach.desk.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["chosach manage", *context.args])
