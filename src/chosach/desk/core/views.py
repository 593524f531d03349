"""The first page."""

from django.http import HttpResponseBase
from django.shortcuts import render

from chosach.desk.core.pages import Request, page


@page(None)
def home(request: Request) -> HttpResponseBase:
    """Where a person starts: what waits for them."""
    return render(request, "core/home.html")
