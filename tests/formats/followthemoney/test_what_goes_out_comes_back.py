"""Tables → FollowTheMoney → the same tables."""

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosach.formats import followthemoney as ftm
from chosach.formats.followthemoney import tables
from chosach.linking import schema
from tests.examples import examples
from tests.formats.followthemoney.making import RECORDS, ROWS, everything, table, written


@pytest.mark.parametrize("name", ROWS)
def test_every_table_comes_back_as_it_went_out(tmp_path: Path, name: str) -> None:
    read = ftm.read(written(tmp_path / "a.json", everything()))
    assert not any(read.problems.values())
    assert getattr(read.tables, name).to_pylist() == getattr(everything(), name).to_pylist()


def test_a_second_journey_gives_the_same_file(tmp_path: Path) -> None:
    first = written(tmp_path / "1.json", everything())
    second = written(tmp_path / "2.json", ftm.read(first).tables)
    assert first.read_bytes() == second.read_bytes()


def test_the_file_does_not_depend_on_the_order_of_rows(tmp_path: Path) -> None:
    turned = ftm.Tables(**{name: pa.Table.from_pylist(rows[::-1], tables.SCHEMAS[name]) for name, rows in ROWS.items()})
    assert written(tmp_path / "1.json", everything()).read_bytes() == written(tmp_path / "2.json", turned).read_bytes()


def test_ids_are_the_same_whatever_else_is_in_the_file() -> None:
    alone = {entity.id for entity in ftm.entities(ftm.Tables(records=table("records", RECORDS[:1])))}
    assert alone <= {entity.id for entity in ftm.entities(everything())}


def test_no_number_can_be_read_from_an_id() -> None:
    ids = " ".join(entity.id for entity in ftm.entities(everything()))
    assert not any(number in ids for number in ("0912", "912345678", "00110012345", "8123456789"))


def test_lines_in_any_order_and_one_thing_on_several_lines_are_put_together(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", everything())
    told = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(told[::-1] + told), encoding="utf-8")
    assert ftm.read(path).tables.records.equals(everything().records)


def test_what_an_investigator_changed_goes_before_what_was_read_once(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", everything())
    path.write_text(path.read_text(encoding="utf-8").replace("+84912345678", "+84900000001"), encoding="utf-8")
    assert ftm.read(path).tables.records["phone"].to_pylist()[:2] == ["+84900000001"] * 2


_texts = st.one_of(st.none(), st.text(min_size=1, max_size=40).map(str.strip).map(lambda text: text.replace("\0", "") or None))


@examples(25)
@given(values=st.tuples(*[_texts] * len(tables.TEXTS)))
def test_any_text_of_a_record_comes_back(tmp_path_factory: pytest.TempPathFactory, values: tuple[str | None, ...]) -> None:
    records = table("records", [{"record_id": "1", **dict(zip(tables.TEXTS, values, strict=True))}])
    path = written(tmp_path_factory.getbasetemp() / "any.json", ftm.Tables(records=records))
    back = ftm.read(path).tables.records
    plain = [
        {name: value.strip() or None if isinstance(value, str) else value for name, value in row.items()} for row in records.to_pylist()
    ]
    assert back.to_pylist() == plain
    assert not [fault for entity in ftm.entities(ftm.Tables(records=records)) for fault in ftm.MODEL.faults(entity)]


def test_the_shapes_are_those_of_linking() -> None:
    shapes = {name: getattr(schema, name.upper()) for name in ("records", "clusters", "edges", "ties", "rings", "members")}
    assert {name: tables.SCHEMAS[name] for name in shapes} == shapes


def test_every_kind_of_tie_and_every_role_has_its_words() -> None:
    from chosach.formats.followthemoney.export import RING_ROLES, TIE_ROLES

    assert (tuple(TIE_ROLES), tuple(RING_ROLES)) == (schema.TIE_KINDS, schema.ROLES)


def test_a_table_without_a_column_that_must_be_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^edges\.probability$"):
        list(ftm.entities(ftm.Tables(edges=table("edges").drop_columns(["probability"]))))
