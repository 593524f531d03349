"""Pages of the reports."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify

from chosach.desk.core.errors import Problem, Refused
from chosach.desk.core.forms import add_problem
from chosach.desk.core.pages import Request, page
from chosach.desk.evidence import store
from chosach.desk.reports import overview, services
from chosach.desk.reports.behind import lines_behind
from chosach.desk.reports.forms import OpenForm, ProposeForm, ReasonForm, return_form, words_form
from chosach.desk.reports.forms_of_plan import form_choices, suggested_period
from chosach.desk.reports.models import Frozen, Return, Round
from chosach.desk.reports.selectors import return_for, returns_for, round_for, rounds_for, sees_cell

#: Cases on one page behind a figure.
LINES = 100
FILES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page("reports.read")
def rounds(request: Request) -> HttpResponseBase:
    """All reports, and the actor's own returns."""
    found = rounds_for(request.actor)
    own = Return.objects.filter(body=request.actor.body_id, round__in=found).select_related("round")
    return render(request, "reports/rounds.html", {"rounds": found, "own": own, "may_open": request.actor.may("reports.open")})


@page("reports.open", methods=("GET", "POST"))
def open_round(request: Request) -> HttpResponseBase:
    """Open a round for a form and a period."""
    form = OpenForm(request.POST or None, choices=form_choices(), initial=suggested_period())
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_round(actor=request.actor, **form.cleaned_data)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(request, "Đã mở đợt báo cáo. Các đơn vị thấy yêu cầu trên bàn làm việc của mình.")
            return redirect("reports:report", id=opened.pk)
    return render(request, "reports/open.html", {"form": form}, status=422 if form.errors else 200)


@page("reports.read")
def report(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """One report: returns, figures, words, and what can be done next."""
    return _report_page(request, round_for(request.actor, id))


def _report_page(request: Request, found: Round, problem: Problem | None = None) -> HttpResponseBase:
    shown = overview.overview(request.actor, found)
    context = {
        "round": found,
        "returns": returns_for(request.actor, found),
        "overview": shown,
        "words_form": words_form(found.words),
        "propose_form": ProposeForm(),
        "reason_form": ReasonForm(),
        "problem": problem,
        "own_goods": not sees_cell(request.actor, found, overview.ALL),
        "some_below_zero": any(row[1].value < 0 for row in shown.whole),
        "may_consolidate": request.actor.may("reports.consolidate"),
        "may_freeze": request.actor.may("reports.freeze") and found.proposed_by_id != request.actor.user_id,
    }
    return render(request, "reports/report.html", context, status=422 if problem else 200)


def _typed(request: Request, name: str) -> str:
    """A reason as typed; the service says when it is missing. (PostgreSQL does not take the sign NUL.)"""
    return request.POST.get(name, "").replace("\x00", "")[:2000]


Again = Callable[[Problem], HttpResponseBase]


def _act(request: Request, act: Callable[[], object], said: str, back: HttpResponseBase, again: Again) -> HttpResponseBase:
    """Do an act and say so; a problem is shown on the page that the act came from."""
    try:
        act()
    except Problem as problem:
        return again(problem)
    messages.success(request, said)
    return back


def _act_on_report(request: Request, id: UUID, act: Callable[[Round], object], said: str) -> HttpResponseBase:  # noqa: A002
    found = round_for(request.actor, id)
    return _act(
        request,
        lambda: act(found),
        said,
        redirect("reports:report", id=found.pk),
        lambda problem: _report_page(request, found, problem),
    )


@page("reports.consolidate", methods=("POST",))
def words(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """Keep the standing office's words."""

    def act(found: Round) -> None:
        form = words_form(found.words, request.POST)
        if not form.is_valid():
            raise Problem("report.words_too_long", "Một mục dài quá 20.000 ký tự. Hãy rút ngắn.", where="words")
        services.write_words(actor=request.actor, report=found, words=form.cleaned_data)

    return _act_on_report(request, id, act, "Đã lưu nội dung báo cáo.")


@page("reports.consolidate", methods=("POST",))
def propose(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """Put the report before the second person."""
    reason = _typed(request, "reason_for_missing")
    return _act_on_report(
        request,
        id,
        lambda found: services.propose_freeze(actor=request.actor, report=found, reason_for_missing=reason),
        "Đã trình duyệt. Cần người thứ hai duyệt chốt.",
    )


@page("reports.freeze", methods=("POST",))
def approve(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """Approve and freeze."""
    return _act_on_report(
        request,
        id,
        lambda found: services.approve_freeze(actor=request.actor, report=found),
        "Báo cáo đã được chốt. Hai tệp phát hành đã được lưu cùng mã băm.",
    )


@page("reports.freeze", methods=("POST",))
def withdraw(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """Not approved: back to collecting."""
    reason = _typed(request, "reason")
    return _act_on_report(
        request,
        id,
        lambda found: services.withdraw_proposal(actor=request.actor, report=found, reason=reason),
        "Đã trả báo cáo về trạng thái thu thập.",
    )


def _frozen(request: Request, id: UUID) -> Frozen:  # noqa: A002
    found = round_for(request.actor, id)
    frozen = Frozen.objects.filter(round=found).select_related("round").first()
    if frozen is None:
        raise Refused("object.not_visible", {"report": str(id)})
    return frozen


@page("reports.read")
def rebuilt(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """The report made anew from the ledger, beside what was issued."""
    frozen = _frozen(request, id)
    result = services.rebuild(actor=request.actor, frozen=frozen)
    return render(request, "reports/rebuilt.html", {"round": frozen.round, "frozen": frozen, "result": result})


@page("reports.read")
def file(request: Request, id: UUID, kind: str) -> HttpResponseBase:  # noqa: A002
    """The issued file, as it was kept."""
    frozen = _frozen(request, id)
    if kind not in FILES:
        raise Refused("object.not_visible", {"report": str(id)})
    data = store.open_checked(frozen.docx_sha256 if kind == "docx" else frozen.xlsx_sha256)
    if data is None:
        raise Problem("report.file_damaged", "Tệp lưu không còn nguyên vẹn. Hãy báo quản trị viên; có thể dựng lại từ sổ cái.", where=kind)
    services.note_download(actor=request.actor, frozen=frozen, kind=kind)
    name = f"bao-cao-{slugify(frozen.round.form)}-{frozen.round.period_to:%Y%m%d}.{kind}"
    return FileResponse(data, as_attachment=True, filename=name, content_type=FILES[kind])


@page("reports.read")
def cell(request: Request, id: UUID, body: str, key: str) -> HttpResponseBase:  # noqa: A002
    """A figure opened to its cases and ledger entries."""
    found = round_for(request.actor, id)
    label = overview.label_of_figure(found, key)
    if label is None or not sees_cell(request.actor, found, body):
        raise Refused("object.not_visible", {"report": str(id)})
    opened = overview.behind(found, body, key)
    context = {
        "round": found,
        "label": overview.label_with_goods(label, body),
        "value": opened.value,
        "page": Paginator(lines_behind(request.actor, opened), LINES).get_page(request.GET.get("page")),
        "figures_only": request.actor.may("cases.figures"),
    }
    return render(request, "reports/cell.html", context)


@page("reports.read")
def body_return(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """One body's return."""
    return _return_page(request, return_for(request.actor, id))


def _return_page(request: Request, found: Return, problem: Problem | None = None) -> HttpResponseBase:
    own = found.body_id == request.actor.body_id
    waiting = found.state in {Return.State.AWAITED, Return.State.RETURNED} and found.round.state == Round.State.COLLECTING
    context = {
        "return": found,
        "round": found.round,
        "lines": overview.of_return(request.actor, found),
        "form": return_form(found.words),
        "reason_form": ReasonForm(),
        "problem": problem,
        "may_write": own and waiting and request.actor.may("reports.prepare"),
        "may_submit": own and waiting and request.actor.may("reports.submit"),
        "may_check": request.actor.may("reports.check") and found.round.state == Round.State.COLLECTING,
    }
    return render(request, "reports/return.html", context, status=422 if problem else 200)


def _act_on_return(
    request: Request,
    id: UUID,  # noqa: A002
    act: Callable[[Return], object],
    said: str,
    *,
    to_report: bool = False,
) -> HttpResponseBase:
    found = return_for(request.actor, id)
    back = redirect("reports:report", id=found.round_id) if to_report else redirect("reports:return", id=found.pk)
    return _act(request, lambda: act(found), said, back, lambda problem: _return_page(request, found, problem))


@page("reports.prepare", methods=("POST",))
def write_return(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """Keep the body's words."""

    def act(found: Return) -> None:
        form = return_form(found.words, request.POST)
        if not form.is_valid():
            raise Problem("return.words_too_long", "Một mục dài quá 20.000 ký tự. Hãy rút ngắn.", where="words")
        services.write_return(actor=request.actor, found=found, words=form.cleaned_data)

    return _act_on_return(request, id, act, "Đã lưu nội dung.")


@page("reports.submit", methods=("POST",))
def submit(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """Hand the return in."""
    return _act_on_return(request, id, lambda found: services.submit(actor=request.actor, found=found), "Đã nộp báo cáo của đơn vị.")


@page("reports.check", methods=("POST",))
def accept(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """Take a return."""
    return _act_on_return(
        request,
        id,
        lambda found: services.accept(actor=request.actor, found=found),
        "Đã tiếp nhận báo cáo của đơn vị.",
        to_report=True,
    )


@page("reports.check", methods=("POST",))
def send_back(request: Request, id: UUID) -> HttpResponseBase:  # noqa: A002
    """Give a return back for correction."""
    reason = _typed(request, "reason")
    return _act_on_return(
        request,
        id,
        lambda found: services.send_back(actor=request.actor, found=found, reason=reason),
        "Đã trả lại báo cáo để đơn vị sửa.",
        to_report=True,
    )
