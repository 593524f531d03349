"""Django's own entry point, for those who expect it. The same as `chosach manage`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chosach.desk.settings")
    execute_from_command_line(sys.argv)
