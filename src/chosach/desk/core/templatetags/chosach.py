"""Building blocks of pages. Each is shown with its use in docs/design-system.md."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chosach.desk.core import businessdate, marking, tables, words
from chosach.desk.core.kinds import BodyKind, Role, ViolationKind
from chosach.desk.core.looks import KIND_LOOKS, SPRITE, TONE_ICONS, field_look

register = template.Library()


def part(name: str, **values: Any) -> SafeString:
    """Render a part from core/parts."""
    return SafeString(get_template(f"core/parts/{name}.html").render(values))


# Words and figures -------------------------------------------------------------------------------------------------

register.filter("number", words.number)
register.filter("money", words.money)
register.filter("money_short", words.money_short)
register.filter("date_vi", words.date)
register.filter("moment_vi", words.moment)
register.filter("working_days", words.working_days)
register.filter("percent", words.percent)
register.filter("likelihood", words.likelihood)


@register.filter
def kind_label(code: str) -> str:
    """A violation kind's name."""
    return str(ViolationKind(code).label)


@register.filter
def role_label(code: str) -> str:
    """A role's name."""
    return str(Role(code).label) if code in Role.values else ""


@register.filter
def body_kind_label(code: str) -> str:
    """A body kind's name."""
    return str(BodyKind(code).label) if code in BodyKind.values else ""


@register.simple_tag
def marked(text: str | None, spans: Iterable[object] = ()) -> SafeString:
    """Given text with the places of reasons marked; safe whatever the text holds."""
    return marking.marked(text or "", spans or ())


# Small things ------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sign of the icon set. Without a label it is decoration and hidden from screen readers."""
    address = f"{static(SPRITE)}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def badge(text: object, tone: str = "neutral", sign: str = "") -> SafeString:
    """A short state. Tones: neutral, info, ok, warn, danger. Each tone but neutral brings its sign, so colour is never alone."""
    name = sign or TONE_ICONS.get(tone, "")
    return format_html('<span class="badge-tone tone-{}">{}{}</span>', tone, icon(name) if name else "", text)


@register.simple_tag
def kind_badge(code: str) -> SafeString:
    """A violation kind with its sign, in the colour of its report group."""
    look = KIND_LOOKS[ViolationKind(code)]
    return format_html('<span class="badge-kind kind-{}">{}{}</span>', look.group, icon(look.icon), ViolationKind(code).label)


@register.simple_tag
def chance(probability: float | words.Nothing) -> SafeString | str:
    """A probability in words and as a figure: Khả năng cao · 82%."""
    if probability is None or probability == "":
        return words.NOTHING
    return format_html(
        '<span class="chance"><span class="chance-words">{}</span> <span class="chance-figure">{}</span></span>',
        words.likelihood(probability),
        words.percent(probability),
    )


@register.simple_tag(takes_context=True)
def entry_number(context: template.Context, seq: int) -> SafeString | str:
    """An entry of the ledger by its number; a link to it for who may read the ledger."""
    words_of = f"bút toán {words.number(seq)}"
    actor = context.get("actor")
    if not seq or actor is None or not actor.may("ledger.read"):
        return words_of
    try:
        return format_html('<a href="{}">{}</a>', reverse("oversight:entry", args=[seq]), words_of)
    except NoReverseMatch:
        return words_of


@register.simple_tag(takes_context=True)
def deadline(
    context: template.Context,
    due: dt.date | words.Nothing,
    *,
    left: int | None = None,
    unit: str = "ngày",
    done: dt.date | None = None,
    show_date: bool = True,
) -> SafeString | str:
    """When something is due and how it stands on the business date: còn 3 ngày, quá hạn 2 ngày, đúng hạn."""
    if due is None or due == "":
        return words.NOTHING
    today = context.get("business_date") or businessdate.today()
    stands = words.term(due, today, left=left, unit=unit, done=done)
    shown = format_html('<time datetime="{}">{}</time> ', due.isoformat(), words.date(due)) if show_date else ""
    return format_html('<span class="deadline">{}{}</span>', shown, badge(stands.text, stands.tone, stands.icon))


@register.simple_tag
def stat(label: str, value: object, *, note: str = "", url: str = "", tone: str = "") -> SafeString:
    """A figure with its name; with `url` the whole tile opens what stands behind it."""
    return part("stat", label=label, value=value, note=note, url=url, tone=tone)


@register.simple_tag
def progress(done: int, total: int | None, label: str = "Tiến độ", tone: str = "") -> SafeString:
    """A bar with its figures in words. `total` None: how much is not known yet."""
    share = None if not total else min(done / total, 1.0)
    return part("progress", done=done, total=total, label=label, share=share, tone=tone)


# Blocks ------------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def capture(content: str) -> str:
    """`{% capture as name %}…{% endcapture %}`: keep what is rendered, to show it more than once."""
    return content


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """Where the page stands; inside it `{% crumb %}`, the last one without an address."""
    return part("crumbs", content=content)


@register.simple_tag
def crumb(label: object, url: str = "") -> SafeString:
    """One step of `{% crumbs %}`."""
    if not url:
        return format_html('<li aria-current="page">{}</li>', label)
    return format_html('<li><a href="{}">{}</a></li>', url, label)


@register.simple_block_tag
def card(
    content: str, title: str = "", *, icon: str = "", count: int | None = None, url: str = "", url_label: str = "Xem tất cả"
) -> SafeString:
    """A framed section with a heading."""
    return part("card", content=content, title=title, icon=icon, count=count, url=url, url_label=url_label)


@register.simple_block_tag
def datatable(
    content: str, caption: str, *, show_caption: bool = False, stack: bool = True, dense: bool = True, tall: bool = False
) -> SafeString:
    """A table: dense, heading fixed while scrolling, stacked on a phone (each cell then shows its column's heading). `tall`:
    many lines and columns scroll in a window of their own, in which headings and first column stay; on a phone they are stacked too.
    `stack=False`: two or three short columns, which a phone holds as they are."""
    labelled = SafeString(tables.label_cells(content)) if stack else content
    return part("datatable", content=labelled, caption=caption, show_caption=show_caption, stack=stack, dense=dense, tall=tall)


@register.simple_block_tag
def facts(content: str, wide: bool = False) -> SafeString:
    """A list of named facts; inside it `{% fact %}`."""
    return format_html('<dl class="facts{}">{}</dl>', " facts-wide" if wide else "", content)


@register.simple_block_tag
def fact(content: str, label: str) -> SafeString:
    """One named fact. Empty content shows a dash."""
    return format_html('<div class="fact"><dt>{}</dt><dd>{}</dd></div>', label, content if content.strip() else words.NOTHING)


@register.simple_block_tag
def timeline(content: str, label: str = "Diễn biến") -> SafeString:
    """What happened, in order; inside it `{% event %}`."""
    return format_html('<ol class="timeline" aria-label="{}">{}</ol>', label, content)


@register.simple_block_tag
def event(content: str, title: str, *, when: dt.date | None = None, who: str = "", tone: str = "") -> SafeString:
    """One event of a timeline."""
    shown = words.moment(when) if isinstance(when, dt.datetime) else words.date(when) if when else ""
    return part("event", content=content, title=title, when=when, shown=shown, who=who, tone=tone)


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """Sections of one thing, each an address of its own; inside it `{% tab %}`."""
    return format_html('<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>', label, content)


@register.simple_tag
def tab(label: str, url: str, current: bool = False, count: int | None = None) -> SafeString:
    """One section in `{% tabs %}`."""
    return part("tab", label=label, url=url, current=current, count=count)


@register.simple_block_tag
def note(content: str, title: str = "", tone: str = "info") -> SafeString:
    """A remark on the page: help, a warning, a hint of four eyes."""
    return part("note", content=content, title=title, tone=tone, sign=TONE_ICONS.get(tone, "info-circle"))


@register.simple_block_tag
def empty(content: str, title: str, icon: str = "inbox") -> SafeString:
    """Nothing here yet: says so, and what to do."""
    return part("empty", content=content, title=title, icon=icon)


@register.simple_block_tag(takes_context=True)
def filters(context: template.Context, content: str, label: str = "Bộ lọc", auto: bool = True, reset: str = "") -> SafeString:
    """The filter bar of a list: a GET form. `auto`: sent on change where JavaScript runs. `reset`: address without filters."""
    return part("filters", content=content, label=label, auto=auto, reset=reset, path=_path(context))


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context,
    content: str,
    title: str,
    *,
    submit: str,
    action: str = "",
    reason: BoundField | None = None,
    four_eyes: str = "",
    tone: str = "danger",
    cancel: str = "",
) -> SafeString:
    """An act with consequences: what it does (the content), a reason, who else must agree, one plain button."""
    values = {"title": title, "submit": submit, "action": action, "reason": reason, "four_eyes": four_eyes, "tone": tone}
    return part("confirm", content=content, cancel=cancel, csrf_token=context.get("csrf_token"), **values)


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page[Any], name: str = "page") -> SafeString:
    """Pages of a list; keeps the filters of the address."""
    request = context.get("request")
    kept = [(key, value) for key, values in (request.GET.lists() if request else []) if key != name for value in values]

    def address(number: int | str) -> str:
        return "?" + urlencode([*kept, (name, number)])

    numbers = [
        (number if isinstance(number, int) else "", address(number) if isinstance(number, int) else "", number == page.number)
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return part(
        "pagination",
        page=page,
        numbers=numbers,
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        next=address(page.next_page_number()) if page.has_next() else "",
        total=page.paginator.count,
    )


# Forms -------------------------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, label: str = "", help_text: str = "", hide_label: bool = False) -> SafeString:
    """A form field: label, help, the input tied to both, its errors. Works for every usual widget."""
    if bound.is_hidden:
        return SafeString(bound.as_hidden())
    look = field_look(bound)
    shown_help = help_text or bound.help_text
    described = [f"{bound.auto_id}_help"] * bool(shown_help) + [f"{bound.auto_id}_error"] * bool(bound.errors)
    attrs: dict[str, Any] = {"class": f"{look.css} {bound.field.widget.attrs.get('class', '')}".strip()} if look.css else {}
    if bound.field.widget.attrs.get("placeholder") == bound.label:
        attrs["placeholder"] = ""  # says the label again, and looks as if it were filled in
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
        attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()
    return part(
        "field",
        field=bound,
        look=look,
        label=label or bound.label,
        help=shown_help,
        hide_label=hide_label,
        widget=bound.as_widget(attrs=attrs),
    )


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """Every field of a form, one below the other."""
    return SafeString("".join(field(bound) for bound in form))


@register.simple_tag
def form_errors(form: BaseForm | None, title: str = "") -> SafeString | str:
    """What is wrong with a form, above it: each line leads to its field."""
    if form is None or not form.errors:
        return ""
    lines = [("", error) for error in form.non_field_errors()]
    for bound in form:
        lines += [(bound.id_for_label or bound.auto_id, f"{bound.label}: {error}") for error in bound.errors]
    return part("form_errors", lines=lines, title=title)


def _path(context: template.Context) -> str:
    request = context.get("request")
    return request.path if request else ""
