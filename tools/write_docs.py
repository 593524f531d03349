"""Writes the pages of docs/ that only repeat what is declared elsewhere: permissions, ledger events, commands, report forms.

    python tools/write_docs.py

A test fails when one of them is not what this would write.
"""

import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BAR = r"\|"  #: within a cell of a table
WRITTEN = "<!-- Written by tools/write_docs.py; don't edit by hand. -->"


def permissions() -> str:
    """docs/permissions.md."""
    from chosach.desk.core.access import all_permissions
    from chosach.desk.core.kinds import Role

    rows = [
        f"| `{item.code}` | {item.label} | {', '.join(role.value for role in Role if role in item.roles)} | {_kinds(item.kinds)} "
        f"| {', '.join(sorted(item.duties)) if item.duties else 'any'} |"
        for item in all_permissions()
    ]
    return "\n".join(
        [
            "# Permissions",
            "",
            WRITTEN,
            "",
            "Which kind of act is open to whom. To which object it may be done is asked apart: every selector returns only what the",
            "person may see (`docs/contributing.md`). Whoever is refused gets 404 and an entry in the ledger.",
            "",
            "State bodies: all that take part in the plan and are not associations. Enforcement bodies: those that may own leads",
            "and cases.",
            "",
            "| code | act | roles | kinds of bodies | duties |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _kinds(kinds: Collection[str] | None) -> str:
    from chosach.desk.core.kinds import ENFORCEMENT, STATE

    if kinds is None:
        return "any"
    names = []
    rest = set(kinds)
    for name, group in (("State bodies", STATE), ("enforcement bodies", ENFORCEMENT)):
        if group <= rest:
            names.append(name)
            rest -= group
    return ", ".join([*names, *sorted(str(kind) for kind in rest)])


def ledger_events() -> str:
    """docs/ledger-events.md."""
    from chosach.desk.ledger.events import all_events

    rows = [
        f"| `{event.code}` | {event.label} | {'yes' if event.figures else ''} |"
        for event in all_events()
        if not event.code.startswith("test.")
    ]
    return "\n".join(
        [
            "# Ledger events",
            "",
            WRITTEN,
            "",
            "Every act writes one entry with its event. Figures: reports are computed from the payloads of these, which hold amounts,",
            "codes and dates only.",
            "",
            "| event | what happened | figures |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def commands() -> str:
    """docs/commands.md."""
    import typer

    from chosach.cli import app
    from chosach.commands.usage import CODES

    root: Any = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        WRITTEN,
        "",
        "`chosach COMMAND --help` says the same. From a checkout without anything installed: `python3 run.py COMMAND …`.",
        "",
        "A command line that can't be understood ends with exit code 2 and says on standard error `Lỗi [code]: sentence`, in Vietnamese,",
        "how the command is used and where more is told:",
        "",
        "| code | when |",
        "|---|---|",
        *(f"| `{code}` | {when} |" for code, when in CODES.items()),
        "",
    ]
    for name, command in _leaves(root, "chosach"):
        lines += [f"## {name}", "", (command.help or "").strip().split("\f")[0], ""]
        rows = [row for parameter in command.params if (row := _parameter(parameter))]
        if rows:
            lines += ["| option or argument | meaning |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _leaves(command: Any, name: str) -> list[tuple[str, Any]]:
    if not hasattr(command, "commands"):
        return [(name, command)]
    return [leaf for word in sorted(command.commands) for leaf in _leaves(command.commands[word], f"{name} {word}")]


def _parameter(parameter: Any) -> str:
    if getattr(parameter, "hidden", False) or parameter.name == "help":
        return ""
    written = ", ".join(f"`{option}`" for option in [*parameter.opts, *parameter.secondary_opts])
    if parameter.param_type_name == "argument":
        written = f"`{(parameter.metavar or parameter.name).upper()}`"
    meaning = " ".join((getattr(parameter, "help", None) or "").split())
    needed = " (bắt buộc)" if parameter.required and parameter.param_type_name == "option" else ""
    return f"| {written} | {meaning.replace('|', BAR)}{needed} |"


def report_forms() -> str:
    """docs/report-forms.md: the forms of the plans that come with the project."""
    from chosach.desk.plan.files.folder import read
    from chosach.desk.plan.files.shipped import plans_folder

    lines = [
        "# Report forms",
        "",
        WRITTEN,
        "",
        "The forms of the plans under `plans/`. What each measure counts: [reports](reports.md#where-figures-come-from); how a form is",
        "written: [plan files](plan-files.md#reportsyaml).",
        "",
    ]
    for folder in sorted(path.parent for path in plans_folder().glob("*/plan.yaml")):
        forms = sorted((form.row for form in read(folder).forms), key=lambda form: (form.indicators_of is not None, form.code))
        for form in forms:
            lines += [f"## {folder.name}: `{form.code}`", "", *_report_form(form)]
    return "\n".join(lines)


def _report_form(form: Any) -> list[str]:
    when = f"every {form.period_months} months" if form.period_months else "fixed periods" if form.fixed else "on demand"
    lines = [f"{form.name} ({form.name_en}). Section {form.section} of the plan; {when}; made by: {', '.join(form.levels)}.", ""]
    if form.indicators_of:
        return [*lines, f"Indicators, checks and comparisons: those of `{form.indicators_of}`.", ""]
    lines += ["| no. | indicator | unit | measure | kinds |", "|---|---|---|---|---|"]
    lines += [
        f"| {row.id} | {row.name} ({row.name_en}) | {row.unit} | `{row.measure}` | {', '.join(kind.value for kind in row.kinds)} |"
        for row in form.indicators
    ]
    lines += ["", "Checks:", ""]
    lines += [f"- `{check.id}` ({check.level}): {check.total} = {' + '.join(check.parts)}" for check in form.checks]
    return [*lines, "", "Compared with: " + ", ".join(f"`{other.id}`" for other in form.comparisons) + ".", ""]


def column_names() -> str:
    """docs/column-names.md: the headings of lists that are understood."""
    from chosach.formats.listings import columns as listings
    from chosach.formats.records import columns as records
    from chosach.formats.records import judged

    lines = [
        "# Headings of columns that are understood",
        "",
        WRITTEN,
        "",
        "Without case, underscores and brackets; with tones, or without any. A field's own name goes before its label, and both before",
        "the other names; each column serves one field. Columns that no field takes are named by the command (`bỏ qua:`) and can be told",
        "with `--map FIELD=COLUMN`.",
        "",
    ]
    for title, page, names in (
        ("Sellers' records", "[`chosach link`](linking.md#records), `place`, `index`, `joints`, `ftm export`", records),
        ("Judgements and earlier traders", "[`chosach link`](linking.md#living-rings) `--judgements`, `--previous`; `index build`", judged),
        ("Listings", "[`chosach screen`](screen-command.md), [imports](imports.md)", listings),
    ):
        lines += [f"## {title}", "", f"{page}.", "", "| field | label | other names |", "|---|---|---|"]
        lines += [f"| `{field}` | {names.LABELS[field]} | {', '.join(names.SYNONYMS.get(field, ()))} |" for field in names.FIELDS]
        lines += [""]
        if names is judged:
            lines += ["| verdict | may be written |", "|---|---|"]
            lines += [f"| `{code}` | {', '.join(words)} |" for code, words in judged.VERDICTS.items()]
            lines += [""]
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {
    "permissions.md": permissions,
    "ledger-events.md": ledger_events,
    "commands.md": commands,
    "column-names.md": column_names,
    "report-forms.md": report_forms,
}


def main() -> None:
    """Write them all."""
    sys.path[:0] = [str(ROOT / "src")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chosach.desk.settings")
    import django

    django.setup()
    for name, text in PAGES.items():
        (ROOT / "docs" / name).write_text(text(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
