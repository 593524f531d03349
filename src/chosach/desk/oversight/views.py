"""Pages of those who watch: the ledger and its heads; and the system's health for the administrator."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from chosach.desk.core import words
from chosach.desk.core.pages import Request, page
from chosach.desk.ledger import heads as ledger_heads
from chosach.desk.ledger import selectors, services
from chosach.desk.oversight import health as signs_of
from chosach.desk.oversight.forms import SearchForm
from chosach.desk.oversight.words import lines
from chosach.verifier import chosach_verify

PER_PAGE = 50
#: Above this many entries a verification would keep a person waiting: the daily round does it.
VERIFY_AT_ONCE = 300_000


@page("ledger.read")
def ledger(request: Request) -> HttpResponseBase:
    """The ledger, the newest entries first."""
    form = SearchForm(request.GET)
    form.is_valid()
    search = form.search(before=_number(request, "truoc"), after=_number(request, "sau"))
    found = selectors.search_for(request.actor, search, size=PER_PAGE)
    kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context: dict[str, Any] = {
        "form": form,
        "lines": lines(found.entries, hidden=selectors.hidden_nouns(request.actor)),
        "total": selectors.last_seq(),
        "narrowed": bool(kept),
        "last": selectors.last_verification(),
        "may_verify": request.actor.may("ledger.verify"),
        "may_export": request.actor.may("ledger.export"),
    }
    if found.entries and found.newer:
        context["newer"] = "?" + urlencode(kept | {"sau": found.entries[0].seq})
    if found.entries and found.older:
        context["older"] = "?" + urlencode(kept | {"truoc": found.entries[-1].seq})
    return render(request, "oversight/ledger.html", context)


def _number(request: Request, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@page("ledger.read")
def entry(request: Request, seq: int) -> HttpResponseBase:
    """One entry, its place in the chain, and its payload if it may be read here."""
    found = selectors.entry_for(request.actor, seq)
    payload = selectors.payload_for(request.actor, found)
    hidden = selectors.hidden_nouns(request.actor)
    context = {
        "line": lines([found], hidden=hidden)[0],
        "neighbours": lines(selectors.neighbours_for(request.actor, found), hidden=hidden),
        "payload": json.dumps(payload, ensure_ascii=False, indent=2, sort_keys=True) if payload is not None else "",
        "redacted_by": selectors.redacted_by(found),
        "has_payload": bool(found.payload_hash),
        "head": selectors.head_covering(seq),
    }
    return render(request, "oversight/entry.html", context)


@page("ledger.verify", methods=("POST",))
def verify(request: Request) -> HttpResponseBase:
    """Verify now, if it is a matter of seconds."""
    total = selectors.last_seq()
    if total > VERIFY_AT_ONCE:
        messages.info(
            request, f"Sổ cái có {words.number(total)} bút toán, kiểm tra mất nhiều thời gian. Kết quả hằng ngày hiện ở trang này."
        )
        return redirect("oversight:ledger")
    report = services.verify_and_record(actor=request.actor)
    if report.whole:
        messages.success(request, f"Đã kiểm tra {words.number(report.entries)} bút toán: sổ cái nguyên vẹn.")
    else:
        messages.error(request, f"Có {report.count} sai lệch. {' '.join(finding.text() + '.' for finding in report.findings[:5])}")
    return redirect("oversight:ledger")


@page("ledger.export", methods=("POST",))
def export(request: Request) -> HttpResponseBase:
    """The ledger without payloads, as a file that can be verified elsewhere."""
    services.record_export(actor=request.actor)
    response = StreamingHttpResponse(services.export_lines(payloads=False), content_type="application/x-ndjson; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="so-cai-{timezone.localdate():%Y%m%d}.jsonl"'
    return response


@page("ledger.heads")
def heads(request: Request) -> HttpResponseBase:
    """Signed heads, to be kept elsewhere and compared."""
    shown = Paginator(selectors.heads_for(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    public = ledger_heads.current()
    context = {
        "page": shown,
        "key": public.public_key if public else "",
        "key_id": ledger_heads.key_id(public.public_key) if public else "",
        "waiting": ledger_heads.unexported(),
    }
    return render(request, "oversight/heads.html", context)


@page("ledger.heads")
def head_file(request: Request, number: int) -> HttpResponseBase:
    """One head as the file that is kept outside."""
    head = selectors.head_for(request.actor, number)
    response = HttpResponse(ledger_heads.file_bytes(head), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{ledger_heads.file_name(head)}"'
    return response


@page("ledger.heads")
def verifier(request: Request) -> HttpResponseBase:
    """The stand-alone verifier."""
    path = Path(chosach_verify.__file__)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/x-python; charset=utf-8")


@page("oversight.health")
def health(request: Request) -> HttpResponseBase:
    """Is the system well? No content."""
    signs = signs_of.signs()
    trouble = sum(sign.tone != "ok" for sign in signs)
    return render(request, "oversight/health.html", {"signs": signs, "versions": signs_of.versions(), "trouble": trouble})
