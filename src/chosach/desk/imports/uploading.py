"""One large file by a form: refused before it comes where it says that it is too large, while it comes where it turns out to be."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_protect

from chosach.desk.core.errors import Problem
from chosach.desk.core.forms import add_problem
from chosach.desk.core.middleware import FORM_OVERHEAD
from chosach.desk.core.pages import Request
from chosach.desk.imports.store import Arrived, ArrivedFile, Incoming


@dataclass(frozen=True)
class Upload:
    """What is uploaded. `form`: with a field `file`; `limit`: bytes; `too_large`: what is said above it; `show`: the page with a form and a
    status; `take`: what is done with the file and the form, which raises `Problem` where it can't be."""

    form: type[forms.Form]
    limit: int
    too_large: Problem
    show: Callable[[forms.Form, int], HttpResponseBase]
    take: Callable[[Arrived, forms.Form], HttpResponseBase]


def received(request: Request, what: Upload) -> HttpResponseBase:
    """The answer of a page that shows the form and takes the file. The page itself is exempt from the check of the form's token, which is
    made here, after the size of what comes is known: reading the token would read the file."""
    incoming = Incoming(request, limit=what.limit)
    if request.method == "POST":
        if int(request.META.get("CONTENT_LENGTH") or 0) > what.limit + FORM_OVERHEAD:
            return _too_large(what)
        request.upload_handlers = [incoming]
    answer: HttpResponseBase = csrf_protect(_checked)(request, what, incoming)
    return answer


def _checked(request: Request, what: Upload, incoming: Incoming) -> HttpResponseBase:
    if request.method != "POST":
        return what.show(what.form(), 200)
    form = what.form(request.POST, request.FILES)
    if incoming.too_large:
        return _too_large(what)
    arrived = request.FILES.get("file")
    if not form.is_valid() or not isinstance(arrived, ArrivedFile):
        if isinstance(arrived, ArrivedFile):
            arrived.arrived.drop()
        return what.show(form, 422)
    try:
        return what.take(arrived.arrived, form)
    except Problem as problem:
        add_problem(form, problem)
        return what.show(form, 422)


def _too_large(what: Upload) -> HttpResponseBase:
    form = what.form({})
    form.is_valid()
    form.errors.clear()
    add_problem(form, what.too_large)
    return what.show(form, 413)
