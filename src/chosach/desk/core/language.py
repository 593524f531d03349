"""The language of a page: Vietnamese unless a person chose another. What a browser prefers by itself is not asked: the pages are
Vietnamese, and half a page of English would help nobody."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation


class LanguageMiddleware:
    """Activates the language of the cookie that the switch at the foot of the page sets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            return self.get_response(request)
