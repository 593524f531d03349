"""A command line that can't be understood is answered in Vietnamese, with a stable code; `--help` too. Codes: docs/commands.md.

The parser speaks English and has no translations. Its errors are caught where it works, before it prints them; signals, `Exit` and
`Abort` go by untouched.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from chosach.commands.running import USAGE, fail

#: The parser's errors of usage, whichever click is within this typer.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
#: Code → when. Written to docs/commands.md.
CODES = {
    "usage.missing": "an argument or an option that must be there is missing",
    "usage.missing_value": "an option stands without its value",
    "usage.missing_command": "a group of commands without the command",
    "usage.no_value": "a value is given to an option that takes none (`--quiet=yes`)",
    "usage.value": "a value that is no number, or outside its bounds",
    "usage.unknown_option": "no such option; the nearest names are told",
    "usage.unknown_command": "no such command; the nearest names are told, and all there are",
    "usage.extra": "more arguments than the command takes, mostly a name with blanks and without quotes",
    "usage.form": "anything else that the parser refuses",
}
#: Letters of what was typed that a message shows.
_SHOWN = 80
_PLACEHOLDER = {"int": "SỐ", "float": "SỐ", "str": "CHỮ", "path": "TỆP", "file": "TỆP", "directory": "THƯ MỤC", "Path": "TỆP"}
_NO_NUMBER = {"int_parsing": "số nguyên", "int_from_float": "số nguyên", "int_type": "số nguyên", "float_parsing": "số"}
_OUT_OF_BOUNDS = frozenset({"greater_than_equal", "less_than_equal", "greater_than", "less_than"})


class _Spoken:
    """What commands and groups have in common: usage and help in Vietnamese."""

    params: list[Any]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with _told(ctx):
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]
            return rest

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = ["[TÙY CHỌN]"]
        for argument in (one for one in self.params if one.param_type_name == "argument"):
            name = _name(argument)
            pieces.append(name if argument.required or name.startswith("[") else f"[{name}]")
        if isinstance(self, Group):
            pieces.append("LỆNH [THAM SỐ]...")
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help, option.metavar = "Hiện phần này rồi thoát.", ""
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _translate_headings()
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Spoken, TyperCommand):
    """One command."""

    def __init__(self, name: str | None, **how: Any) -> None:
        super().__init__(name, **how)
        for one in self.params:
            parameter: Any = one
            if parameter.param_type_name == "argument":
                parameter.display_type_rich = _nothing  # <list[Path]>: what it is the help says
            elif parameter.metavar is None:
                parameter.metavar = "" if parameter.is_flag else _PLACEHOLDER.get(_type(parameter), "GIÁ TRỊ")


class Group(_Spoken, TyperGroup):
    """A group of commands."""

    def invoke(self, ctx: Any) -> Any:
        with _told(ctx):
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if not ctx.resilient_parsing and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            names = self.list_commands(ctx)
            message = f"Không có lệnh “{_typed(args[0])}”.{_nearest(args[0], names)} Các lệnh: {', '.join(names)}."
            _refuse(ctx, "usage.unknown_command", message)
        return super().resolve_command(ctx, args)


class App(typer.Typer):
    """`typer.Typer` whose group and commands are those of this module."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**{"cls": Group, "no_args_is_help": True, **how})

    def command(self, name: str | None = None, **how: Any) -> Callable[[Any], Any]:
        return super().command(name, **{"cls": Command, **how})


@contextmanager
def _told(ctx: Any) -> "Iterator[None]":
    """The parser's refusals within end the command with a sentence of ours. `ctx`: whose they are, unless they say so themselves."""
    try:
        yield
    except _UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # the help was printed
            raise
        of = getattr(error, "ctx", None) or ctx
        _refuse(of, *_said(error, of))


def _refuse(ctx: Any, code: str, message: str) -> NoReturn:
    """What is wrong, how the command is used, where more is said."""
    more = f"\nXem thêm: {ctx.command_path} {ctx.help_option_names[0]}" if ctx.help_option_names else ""
    fail(USAGE, f"{message}\n{ctx.get_usage()}{more}", code)


def _said(error: Any, ctx: Any) -> tuple[str, str]:
    """Code and sentence of what the parser refused. Told by class and fields; only what is too much stands in its words alone."""
    told = _SAID.get(type(error).__name__, _anything_else)
    return told(error, ctx)


def _anything_else(error: Any, ctx: Any) -> tuple[str, str]:
    if isinstance(ctx.command, Group):
        return "usage.missing_command", f"Thiếu tên lệnh. Các lệnh: {', '.join(ctx.command.list_commands(ctx))}."
    extra = re.search(r" \((.*)\)$", str(error.message), re.DOTALL)
    if extra:
        return "usage.extra", f"Thừa “{_typed(extra[1])}”. Tên tệp hoặc giá trị có dấu cách phải đặt trong ngoặc kép."
    return "usage.form", "Không hiểu dòng lệnh này."


def _bad_option(error: Any, ctx: Any) -> tuple[str, str]:
    name = error.option_name
    if any(name in (*one.opts, *one.secondary_opts) and one.is_flag for one in _options(ctx)):
        return "usage.no_value", f"Tùy chọn {name} không nhận giá trị; chỉ ghi {name}."
    return "usage.missing_value", f"Tùy chọn {name} cần một giá trị đi kèm, cách bằng dấu cách."


def _missing(error: Any, ctx: Any) -> tuple[str, str]:
    parameter = error.param
    if parameter is None:
        return "usage.missing", "Thiếu một tham số bắt buộc."
    kind = "tùy chọn " if parameter.param_type_name == "option" else ""
    meaning = " ".join((parameter.help or "").split())
    return "usage.missing", f"Thiếu {kind}{_name(parameter)}" + (f": {meaning}" if meaning else ".")


def _unknown_option(error: Any, ctx: Any) -> tuple[str, str]:
    known = [name for one in _options(ctx) for name in (*one.opts, *one.secondary_opts)]
    told = f"Không có tùy chọn “{_typed(error.option_name)}”.{_nearest(error.option_name, known)}"
    if isinstance(ctx.command, Group):
        told += " Tùy chọn của một lệnh viết sau tên lệnh."
    return "usage.unknown_option", told


def _bad_value(error: Any, ctx: Any) -> tuple[str, str]:
    where = "" if error.param is None else f"{_name(error.param)}: "
    problems: list[Any] = getattr(error.__cause__, "errors", list)()
    if not problems:
        return "usage.value", f"{where}giá trị không dùng được."
    value, kind = f"“{_typed(str(problems[0].get('input', '')))}”", problems[0]["type"]
    if kind in _NO_NUMBER:
        return "usage.value", f"{where}{value} không phải {_NO_NUMBER[kind]}."
    if kind in _OUT_OF_BOUNDS:
        return "usage.value", f"{where}{value} nằm ngoài giới hạn; {_bounds(error.param)}."
    return "usage.value", f"{where}{value} không dùng được."


#: The parser's errors by the name of their class → what is said of them.
_SAID = {"MissingParameter": _missing, "NoSuchOption": _unknown_option, "BadOptionUsage": _bad_option, "BadParameter": _bad_value}


def _name(parameter: Any) -> str:
    """As it is written on the command line."""
    if parameter.param_type_name == "option":
        return " / ".join(parameter.opts)
    name: str = parameter.metavar or parameter.name.upper()
    return name if parameter.nargs == 1 or name.rstrip("]").endswith("...") else f"{name}..."


def _bounds(parameter: Any) -> str:
    low, high = parameter.min, parameter.max
    if high is None:
        return f"ít nhất {low}"
    return f"nhiều nhất {high}" if low is None else f"từ {low} đến {high}"


def _options(ctx: Any) -> list[Any]:
    return [one for one in ctx.command.get_params(ctx) if one.param_type_name == "option"]


def _nearest(typed: str, known: Sequence[str]) -> str:
    near = get_close_matches(typed.lower(), known, n=3)
    return f" Có phải: {', '.join(near)}?" if near else ""


def _typed(text: str) -> str:
    """What was typed, as a message may show it: cut, and without signs that steer a terminal."""
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in cut)


def _nothing(ctx: Any) -> str:
    return ""


def _type(parameter: Any) -> str:
    """The type's English name as the parser shows it, without brackets."""
    descriptor = getattr(parameter, "type_descriptor", None)
    if descriptor is None:
        return str(getattr(getattr(parameter, "type", None), "name", ""))
    if descriptor.is_path:
        return str(descriptor.path_type)
    return str(parameter.bare_type()).removeprefix("list[").removesuffix("]")


def _translate_headings() -> None:
    """Where help is drawn, and only then: what draws it takes a while to load."""
    from typer import rich_utils

    words = {
        "ARGUMENTS_PANEL_TITLE": "Tham số",
        "OPTIONS_PANEL_TITLE": "Tùy chọn",
        "COMMANDS_PANEL_TITLE": "Lệnh",
        "DEFAULT_STRING": "[mặc định: {}]",
        "REQUIRED_LONG_STRING": "[bắt buộc]",
    }
    for name, word in words.items():
        setattr(rich_utils, name, word)
