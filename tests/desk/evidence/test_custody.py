"""Every view, download and hand-over stands in the custody record; damaged bytes are never handed out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chosach.desk.core.errors import Problem
from chosach.desk.evidence import services, store
from chosach.desk.evidence.models import Evidence
from chosach.desk.evidence.selectors import custody_of, damaged_of, evidence_of
from tests.desk.evidence.conftest import SHELF

Add = Callable[..., Evidence]


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(content)


def test_the_custody_record_tells_who_did_what_in_order(cast: Any, add: Add) -> None:
    piece, actor = add(), cast["qltt.lanh-dao"].actor
    services.view(piece.id, actor=actor)
    _, file = services.download(piece.id, actor=actor)
    assert file.read() == b"%PDF-1.4 hoa don"
    file.close()
    services.hand_over(piece.id, to="Phòng Kỹ thuật hình sự", reason="Giám định", actor=actor)
    custody = custody_of(actor, piece)
    assert [entry.event for entry in custody] == ["evidence.added", "evidence.viewed", "evidence.downloaded", "evidence.handed_over"]
    assert [entry.who for entry in custody] == ["Nguyễn Thu Hà", *["Trần Quốc Bảo"] * 3]
    assert custody[-1].detail == "Phòng Kỹ thuật hình sự · Giám định"


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_damaged_bytes_are_refused_and_the_refusal_stays_in_the_record(cast: Any, add: Add, tmp_path: Path, harm: str) -> None:
    piece, actor = add(), cast["qltt.can-bo"].actor
    path = tmp_path / "files" / store.key(piece.sha256)
    if harm == "changed":
        overwrite(path, b"%PDF-1.4 hoa don khac")
    else:
        path.unlink()
    with pytest.raises(Problem) as problem:
        services.download(piece.id, actor=actor)
    assert problem.value.code == "evidence.damaged"
    assert [entry.event for entry in custody_of(actor, piece)] == ["evidence.added", "evidence.damaged"]
    assert damaged_of("shelf", SHELF) == [piece.number]


def test_taking_the_same_file_in_again_heals_damaged_bytes(cast: Any, add: Add, tmp_path: Path) -> None:
    piece, actor = add(), cast["qltt.can-bo"].actor
    overwrite(tmp_path / "files" / store.key(piece.sha256), b"hong")
    add()
    _, file = services.download(piece.id, actor=actor)
    assert file.read() == b"%PDF-1.4 hoa don"
    file.close()


def test_a_hand_over_names_receiver_and_reason(cast: Any, add: Add) -> None:
    piece, actor = add(), cast["qltt.can-bo"].actor
    for given, code in (({"to": " ", "reason": "x"}, "evidence.receiver_missing"), ({"to": "x", "reason": ""}, "evidence.reason_missing")):
        with pytest.raises(Problem) as problem:
            services.hand_over(piece.id, actor=actor, **given)
        assert problem.value.code == code


def test_a_list_leaves_protected_pieces_out_for_who_may_only_read(cast: Any, add: Add) -> None:
    piece = add()
    add(protected=True)
    assert evidence_of(cast["congan.can-bo"].actor, "shelf", SHELF, with_protected=False) == [piece]
    assert len(evidence_of(cast["qltt.can-bo"].actor, "shelf", SHELF, with_protected=True)) == 2


def test_no_code_of_evidence_or_cases_deletes() -> None:
    import ast

    import chosach.desk

    for app in ("evidence", "cases"):
        for path in (Path(chosach.desk.__path__[0]) / app).rglob("*.py"):
            calls = [
                node.func.attr
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            ]
            assert not {"delete", "bulk_delete", "_raw_delete"} & set(calls), path
