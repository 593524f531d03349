"""A command line that can't be understood: what is wrong, a stable code, how the command is used; nothing in the parser's English."""

import re
import signal

import pytest
import typer
from typer.testing import CliRunner, Result

from chosach.cli import app
from chosach.commands.usage import CODES, App

#: What the parser would have said.
ENGLISH = re.compile(
    r"usage:|try '|error|no such|missing|invalid|unexpected|got |requires|does not|required|options\]|arguments", re.IGNORECASE
)


def run(line: str) -> Result:
    return CliRunner().invoke(app, line.split(), prog_name="chosach")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("scren a.csv", "usage.unknown_command", "“scren”. Có phải: screen?"),
        ("index bild", "usage.unknown_command", "Các lệnh: build, insert, delete."),
        ("--", "usage.missing_command", "Thiếu tên lệnh. Các lệnh: "),
        ("screen --out f.csv", "usage.missing", "Thiếu TỆP...: Tệp tin bán"),
        ("screen a.csv", "usage.missing", "Thiếu tùy chọn --out: Tệp Parquet"),
        ("screen a.csv --ou f.csv", "usage.unknown_option", "“--ou”. Có phải: --out?"),
        ("screen a.csv --out f.csv -x", "usage.unknown_option", "“-x”."),
        ("--out f.csv screen a.csv", "usage.unknown_option", "Tùy chọn của một lệnh viết sau tên lệnh."),
        ("screen a.csv --out", "usage.missing_value", "Tùy chọn --out cần một giá trị"),
        ("screen a.csv --out f.csv --quiet=yes", "usage.no_value", "Tùy chọn --quiet không nhận giá trị"),
        ("screen a.csv --out f.csv --workers hai", "usage.value", "--workers: “hai” không phải số nguyên."),
        ("screen a.csv --out f.csv --workers 99", "usage.value", "--workers: “99” nằm ngoài giới hạn; từ 0 đến 64."),
        ("ledger verify --limit 0", "usage.value", "--limit: “0” nằm ngoài giới hạn; ít nhất 1."),
        ("plan check dong nai", "usage.extra", "Thừa “nai”. Tên tệp hoặc giá trị có dấu cách phải đặt trong ngoặc kép."),
    ],
)
def test_each_mistake_is_told_with_its_code_and_the_way_to_help(line: str, code: str, told: str) -> None:
    result = run(line)
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.startswith(f"Lỗi [{code}]: ") and told in result.stderr
    assert "\nCách dùng: chosach " in result.stderr and "\nXem thêm: chosach " in result.stderr
    assert code in CODES and not ENGLISH.search(result.stderr.partition("]")[2])


def test_the_way_of_use_is_that_of_the_command_that_was_meant() -> None:
    assert "Cách dùng: chosach index build [TÙY CHỌN] TỆP...\nXem thêm: chosach index build --help" in run("index build").stderr


def test_signs_that_steer_a_terminal_and_long_words_are_not_repeated() -> None:
    result = CliRunner().invoke(app, ["\x1b[31m" + "x" * 5000])
    assert "\x1b" not in result.stderr and len(result.stderr) < 600


@pytest.mark.parametrize("line", ["--help", "screen --help", "index --help", "ftm export --help", ""])
def test_help_is_vietnamese_too(line: str) -> None:
    result = run(line)
    assert "Cách dùng: chosach" in result.output and "Hiện phần này rồi thoát." in result.output
    assert not re.search(r"Usage|Options|Arguments|Commands|\[required\]|\[OPTIONS\]|Show this|<(bool|path|str|int|list)", result.output)


def test_help_of_djangos_commands_stays_djangos() -> None:
    assert run("manage --help").exit_code == 0


def test_what_a_command_ends_with_is_left_as_it_is() -> None:
    """Its own exit code, a stop, an error that is nobody's mistake of writing."""
    own = App()

    def ends(what: str) -> None:
        if what == "code":
            raise typer.Exit(7)
        if what == "stop":
            signal.raise_signal(signal.SIGINT)
        if what == "error":
            raise OSError("đĩa hỏng")

    own.command("ends")(ends)
    own.command("other")(lambda: None)

    def code(what: str) -> Result:
        return CliRunner().invoke(own, ["ends", what])

    assert code("code").exit_code == 7 and code("stop").exit_code == 130 and code("well").exit_code == 0
    failed = code("error")
    assert failed.exit_code == 1 and isinstance(failed.exception, OSError)
