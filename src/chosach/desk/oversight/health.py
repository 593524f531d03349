"""Is the system well? What an administrator must know, and no content."""

import platform
import shutil
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from chosach.desk.core import words
from chosach.desk.jobs.models import Job, State
from chosach.desk.jobs.worker import last_beat
from chosach.desk.ledger import heads, selectors, triggers

LOW_DISK = 2 * 10**9
LATE_HEAD = timedelta(hours=36)
LATE_WORKER = timedelta(minutes=2)


@dataclass(frozen=True)
class Sign:
    """One sign of health. Tone: ok, warn or danger; `advice` says what to do."""

    name: str
    value: str
    tone: str = "ok"
    advice: str = ""


def signs() -> list[Sign]:
    """Everything that can be seen from the web process."""
    return [_database(), _migrations(), _disk(), _worker(), _jobs(), _triggers(), _head(), _exported(), _verified()]


def versions() -> list[tuple[str, str]]:
    """What runs here."""
    names = ("chosach", "django", "cryptography", "polars", "pyarrow")
    return [("Python", platform.python_version()), (connection.display_name, _server()), *((name, version(name)) for name in names)]


def _server() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return str(cursor.fetchone()[0])


def _database() -> Sign:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        size = int(cursor.fetchone()[0])
    return Sign("Cơ sở dữ liệu", f"{connection.display_name}, {_bytes(size)}")


def _migrations() -> Sign:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Sign("Cấu trúc dữ liệu", f"còn {waiting} bước chưa cập nhật", "danger", "Chạy: chosach manage migrate")
    return Sign("Cấu trúc dữ liệu", "đúng phiên bản")


def _disk() -> Sign:
    free = shutil.disk_usage(_existing(settings.HOME)).free
    low = free < LOW_DISK
    return Sign(
        "Đĩa còn trống", _bytes(free), "danger" if low else "ok", "Dọn hoặc thêm đĩa; hết chỗ thì không ghi được gì." if low else ""
    )


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _worker() -> Sign:
    # A worker in the middle of a long job shows its life by the job.
    held = Job.objects.exclude(heartbeat_at=None).order_by("-heartbeat_at").values_list("heartbeat_at", flat=True).first()
    beat = max((moment for moment in (last_beat(), held) if moment), default=None)
    advice = "Khởi động lại tiến trình nền: chosach worker (hoặc chosach up)."
    if beat is None:
        return Sign("Tiến trình nền", "chưa chạy lần nào trên máy chủ này", "warn", advice)
    value = f"nhịp cuối lúc {words.moment(beat)}"
    if timezone.now() - beat > LATE_WORKER:
        return Sign("Tiến trình nền", value, "danger", advice)
    return Sign("Tiến trình nền", value)


def _jobs() -> Sign:
    waiting = Job.objects.filter(state=State.WAITING).count()
    running = Job.objects.filter(state=State.RUNNING).count()
    failed = Job.objects.filter(state=State.FAILED).count()
    return Sign("Việc dài", f"{waiting} đang chờ, {running} đang làm, {failed} thất bại", "warn" if failed else "ok")


def _triggers() -> Sign:
    missing = triggers.missing(connection)
    if missing:
        advice = "Sổ cái không còn được cơ sở dữ liệu bảo vệ. Báo kiểm toán trước khi làm gì khác."
        return Sign("Chốt chặn sổ cái", f"thiếu {len(missing)}: {', '.join(missing)}", "danger", advice)
    return Sign("Chốt chặn sổ cái", "đủ")


def _head() -> Sign:
    newest = heads.current()
    if newest is None:
        return Sign("Đầu sổ gần nhất", "chưa có", "warn", "Chạy: chosach ledger head")
    late = timezone.now() - newest.moment > LATE_HEAD
    value = f"số {newest.number}, ký lúc {words.moment(newest.moment)}, {newest.entries} bút toán"
    return Sign("Đầu sổ gần nhất", value, "warn" if late else "ok", "Quá 36 giờ chưa ký: kiểm tra việc hằng ngày." if late else "")


def _exported() -> Sign:
    waiting = heads.unexported()
    if waiting:
        return Sign("Đầu sổ lưu ngoài", f"{waiting} đầu sổ chưa xuất", "danger", f"Kiểm tra thư mục {heads.folder()}")
    return Sign("Đầu sổ lưu ngoài", "đã xuất hết")


def _verified() -> Sign:
    last = selectors.last_verification()
    if last is None:
        return Sign("Kiểm tra sổ cái", "chưa kiểm tra lần nào", "warn", "Chạy: chosach ledger head --daily")
    value = f"{words.moment(last.entry.moment)}, {last.result['entries']} bút toán"
    if not last.result["whole"]:
        return Sign(
            "Kiểm tra sổ cái",
            f"{value}: {last.result['count']} sai lệch",
            "danger",
            "Báo kiểm toán ngay; không sửa gì trong cơ sở dữ liệu.",
        )
    return Sign("Kiểm tra sổ cái", f"{value}: nguyên vẹn")


def _bytes(count: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6)):
        if count >= size:
            return f"{words.number(count / size, 1)} {unit}"
    return f"{words.number(count // 1000)} kB"
