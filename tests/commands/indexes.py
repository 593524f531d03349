"""What the tests of `chosach place` and `chosach index` share: commands, and new records."""

from pathlib import Path

import pyarrow.parquet as pq
from typer.testing import CliRunner

from chosach.cli import app

NEW = "Mã hồ sơ,Họ tên,SĐT\nn1,NGUYEN THI QUYNH LAN,+84 912 345 678\nn2,Đỗ Xuân Kỳ,0977000111\nn3,Đỗ Xuân Kỳ,0977000111\n"


def run(*arguments: str | Path) -> tuple[int, str]:
    """Run `chosach`: exit code and what it said."""
    result = CliRunner().invoke(app, [*map(str, arguments)])
    return result.exit_code, result.output


def trader(made: Path, record_id: str) -> str:
    """The trader of a record in the results of `made`."""
    told = pq.read_table(made / "traders.parquet").to_pylist()
    return next(row["cluster_id"] for row in told if row["record_id"] == record_id)
