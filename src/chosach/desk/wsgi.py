"""The WSGI application that granian serves."""

import os
import warnings

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chosach.desk.settings")
# Static files are found where they lie (`WHITENOISE_USE_FINDERS`); that they were not also collected into a folder is no news.
warnings.filterwarnings("ignore", "No directory at", UserWarning)
application = get_wsgi_application()
