"""The WSGI application that granian serves."""

import gc
import os
import warnings
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chosach.desk.settings")
# Static files are found where they lie (`WHITENOISE_USE_FINDERS`); that they were not also collected into a folder is no news.
warnings.filterwarnings("ignore", "No directory at", UserWarning)
application = get_wsgi_application()
import_module("chosach.desk.urls")  # all pages with what they need: else the first visitor would wait for it
gc.freeze()  # what is loaded stays, and need not be looked through for garbage again and again
