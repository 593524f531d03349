"""A name that somebody looks for is personal data and never stands in an address (history, logs, screenshots). It is sent by POST and kept
with the session; the address only says which of the session's searches it shows.

    if request.method == "POST":
        return redirect(f"{url}?{urlencode({searches.PARAMETER: searches.keep(request, text)})}")
    text = searches.kept(request, request.GET.get(searches.PARAMETER, ""))
"""

import secrets

from django.http import HttpRequest

PARAMETER = "tim"
LONGEST = 200
#: Searches of one session that can be gone back to; earlier ones show the list unsearched.
MOST = 20
_KEY = "searches"


def keep(request: HttpRequest, text: str) -> str:
    """Keep a text with the session; gives the word that stands for it in addresses, "" for an empty text. The same text keeps its word."""
    text = text.replace("\x00", "").strip()[:LONGEST]
    held: dict[str, str] = request.session.get(_KEY, {})
    known = next((word for word, value in held.items() if value == text), "")
    if not text or known:
        return known
    word = secrets.token_hex(4)
    request.session[_KEY] = dict([*held.items(), (word, text)][-MOST:])
    return word


def kept(request: HttpRequest, word: str) -> str:
    """The text that stands behind this word in this session; "" if there is none."""
    return str(request.session.get(_KEY, {}).get(word, "")) if word else ""
