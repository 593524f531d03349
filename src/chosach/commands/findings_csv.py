"""Findings for people with a spreadsheet: one row a finding, in words. Programs take the Parquet file."""

import csv
import io
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import IO, Any, Self

import pyarrow as pa

#: What of the listing itself stands beside its findings.
LISTING = (
    pa.field("platform", pa.string()), pa.field("seller_id", pa.string()), pa.field("seller_name", pa.string()),
    pa.field("title", pa.string()), pa.field("price", pa.int64()), pa.field("url", pa.string()),
)  # fmt: skip
COLUMNS = (
    "Mã tin", "Sàn", "Người bán", "Tên hàng", "Giá (đồng)", "Đường dẫn", "Dấu hiệu", "Mã loại", "Xác suất (%)", "Giải thích", "Từ ngữ",
    "Căn cứ pháp luật", "Xét luật tại ngày", "Điều có thể làm rõ", "Phiên bản sàng lọc",
)  # fmt: skip


def beside(listings: pa.Table, findings: pa.Table) -> list[Any]:
    """Columns `LISTING` of the listings that these findings are of, a row a finding."""
    at = {listing: row for row, listing in enumerate(listings["listing_id"].to_pylist())}
    rows = pa.array([at[listing] for listing in findings["listing_id"].to_pylist()], pa.int64())
    names = set(listings.schema.names)
    return [
        listings[one.name].take(rows).cast(one.type) if one.name in names else pa.nulls(len(rows), one.type)  # a column may be missing
        for one in LISTING
    ]


class FindingsCsv:
    """UTF-8 with BOM, so that spreadsheets read Vietnamese; a cell that would be taken for a formula has an apostrophe before it."""

    def __init__(self, file: IO[bytes]) -> None:
        from chosach.desk.core.kinds import ViolationKind

        self._labels = {kind.value: kind.label for kind in ViolationKind}
        self._file = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._file, lineterminator="\r\n")
        self._csv.writerow(COLUMNS)

    def write(self, findings: pa.Table, listings: pa.Table) -> None:
        """Findings, and beside them the columns `LISTING`, in that order whatever they are called."""
        from chosach.formats.listings.rejects import neutral

        for finding, listing in zip(findings.to_pylist(), listings.rename_columns([one.name for one in LISTING]).to_pylist(), strict=True):
            self._csv.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in self._row(finding, listing)])

    def _row(self, finding: Mapping[str, Any], listing: Mapping[str, Any]) -> Sequence[Any]:
        from chosach.screening import explain

        seller = listing["seller_name"] or listing["seller_id"]
        texts = dict.fromkeys(" ".join(reason["text"].split()) for reason in finding["reasons"] if reason["text"])
        days = sorted({law["as_of"] for law in finding["law"] if law["as_of"]})
        return (
            finding["listing_id"], listing["platform"], seller, listing["title"], listing["price"], listing["url"],
            self._labels.get(finding["kind"], finding["kind"]), finding["kind"], round(100 * finding["probability"]),
            explain(finding), "; ".join(texts), "\n".join(map(provision, finding["law"])),
            ", ".join(day.strftime("%d/%m/%Y") for day in days), "\n".join(finding["clears"]), finding["screener"],
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.flush()
        self._file.detach()


def provision(law: Mapping[str, Any]) -> str:
    """ "Điểm c, khoản 1, Điều 15, Nghị định …"."""
    parts = [f"điểm {law['point']}"] if law["point"] else []
    parts += [f"khoản {law['clause']}"] if law["clause"] else []
    said = ", ".join([*parts, *(law[name] for name in ("article", "instrument") if law[name])])
    return said[:1].upper() + said[1:]
