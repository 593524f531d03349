"""Files of other tools: persons and firms become records, and bad lines are told with their place."""

from pathlib import Path

import pytest

from chosach.formats import followthemoney as ftm
from chosach.formats.listings import Unreadable
from tests.formats.followthemoney.making import lines

PERSON = {
    "id": "p1",
    "schema": "Person",
    "properties": {"name": ["Lê Văn A"], "phone": ["+84912345678", "+84987654321"], "idNumber": ["079123456789"]},
}
ACCOUNT = {"id": "b1", "schema": "BankAccount", "properties": {"accountNumber": ["123456789"], "bankName": ["ACB"]}}
HOLDS = {"id": "o1", "schema": "Ownership", "properties": {"owner": ["p1"], "asset": ["b1"]}}
USER = {"id": "u1", "schema": "UserAccount", "properties": {"username": ["levana"], "service": ["Facebook"], "owner": ["p1"]}}


def test_persons_and_their_accounts_become_records_that_can_be_linked(tmp_path: Path) -> None:
    read = ftm.read(lines(tmp_path / "a.json", PERSON, ACCOUNT, HOLDS, USER))
    person, user = read.tables.records.to_pylist()
    assert (person["record_id"], person["name"], person["phone"]) == ("p1", "Lê Văn A", "+84912345678; +84987654321")
    assert (person["bank_account"], person["bank"], person["tax_code"]) == ("123456789", "ACB", "079123456789")
    assert (user["record_id"], user["handle"], user["name"]) == ("u1", "levana", "Lê Văn A")
    assert {row["record_id"]: row["cluster_id"] for row in read.tables.clusters.to_pylist()} == {"p1": "p1", "u1": "p1"}


def test_several_files_speak_of_one_another(tmp_path: Path) -> None:
    read = ftm.read(lines(tmp_path / "1.json", HOLDS), lines(tmp_path / "2.json", PERSON, ACCOUNT))
    assert read.tables.records["bank_account"].to_pylist() == ["123456789"]
    assert not any(read.problems.values())


def test_what_has_no_place_here_is_counted(tmp_path: Path) -> None:
    note = {"id": "n", "schema": "Note", "properties": {}}
    assert ftm.read(lines(tmp_path / "a.json", PERSON, note, {**note, "id": "m"})).others == {"Note": 2}


def test_a_signed_id_of_ours_is_known_again(tmp_path: Path) -> None:
    signed = f"chosach-trader-TA1.{'0' * 40}"
    shop = {"id": "s", "schema": "MarketShop", "properties": {"recordId": ["1"], "name": ["A"]}}
    owns = {"id": "o", "schema": "Ownership", "properties": {"owner": [signed], "asset": ["s"]}}
    read = ftm.read(lines(tmp_path / "a.json", shop, {**PERSON, "id": signed}, owns))
    assert read.tables.clusters["cluster_id"].to_pylist() == ["TA1"]
    assert read.tables.records["record_id"].to_pylist() == ["1"]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ('{"id": "x", ', "json.syntax", ""),
        ("[1]", "json.not_object", ""),
        ({"schema": "Person"}, "ftm.id_missing", "id"),
        ({"id": 7, "schema": "Person"}, "ftm.id_missing", "id"),
        ({"id": "x"}, "ftm.schema_missing", "schema"),
        ({"id": "x", "schema": "Spaceship"}, "ftm.schema_unknown", "schema"),
        ({"id": "x", "schema": "Person", "properties": []}, "ftm.properties_form", "properties"),
        ({"id": "p1", "schema": "BankAccount"}, "ftm.schema_conflict", "schema"),
        ({"id": "x", "schema": "Person", "properties": {"name": [None, "A"]}}, "ftm.value_form", "name"),
        ({"id": "x", "schema": "Person", "properties": {"name": {"vi": "A"}}}, "ftm.value_form", "name"),
        ({"id": "x", "schema": "Person", "properties": {"name": None}}, "ftm.value_form", "name"),
        ({"id": "x", "schema": "Ownership", "properties": {"owner": ["p1"]}}, "ftm.required_missing", "asset"),
        ({"id": "x", "schema": "Ownership", "properties": {"owner": ["p1"], "asset": ["?"]}}, "ftm.reference_missing", "asset"),
        ({"id": "x", "schema": "MarketListing", "properties": {"amount": ["nhiều"]}}, "number.unclear", "amount"),
        ({"id": "x", "schema": "MarketListing", "properties": {"amount": ["9e99"]}}, "number.too_large", "amount"),
        ({"id": "x", "schema": "MarketListing", "properties": {"amount": ["nan"]}}, "number.unclear", "amount"),
        ({"id": "x", "schema": "MarketListing", "properties": {"retrievedAt": ["hôm qua"]}}, "date.unclear", "retrievedAt"),
    ],
)
def test_a_bad_line_is_told_with_its_place_and_the_rest_is_read(tmp_path: Path, line: object, code: str, column: str) -> None:
    path = lines(tmp_path / "a.json", PERSON, "", line, ACCOUNT)
    read = ftm.read(path)
    (problem,) = read.problems[path]
    assert (problem.line, problem.row, problem.code, problem.column) == (3, 2, code, column)
    assert "p1" in read.tables.records["record_id"].to_pylist()


def test_numbers_are_taken_as_text_and_a_schema_that_is_passed_over_conflicts_with_nothing(tmp_path: Path) -> None:
    number = {"id": "q", "schema": "Person", "properties": {"name": "B", "phone": [84912345678]}}
    read = ftm.read(path := lines(tmp_path / "a.json", PERSON, {"id": "p1", "schema": "Note"}, number))
    assert (read.problems[path], read.others) == ([], {"Note": 1})
    assert dict(zip(*(read.tables.records[name].to_pylist() for name in ("record_id", "phone")), strict=True))["q"] == "84912345678"


def test_a_reason_that_cannot_be_read_is_told_and_left_out(tmp_path: Path) -> None:
    shops = [{"id": f"s{n}", "schema": "MarketShop", "properties": {"recordId": [str(n)]}} for n in (1, 2)]
    match = {"id": "m", "schema": "SellerMatch", "properties": {"candidate": ["s1"], "match": ["s2"], "reasonData": ["{}"]}}
    read = ftm.read(path := lines(tmp_path / "a.json", *shops, match))
    assert [(one.line, one.code, one.column) for one in read.problems[path]] == [(3, "ftm.value_form", "reasonData")]
    assert read.tables.edges["reasons"].to_pylist() == [[]]


def test_a_shop_with_two_owners_keeps_the_first(tmp_path: Path) -> None:
    shop = {"id": "s", "schema": "MarketShop", "properties": {"recordId": ["1"]}}
    owns = [{"id": f"o{n}", "schema": "Ownership", "properties": {"owner": [f"p{n}"], "asset": ["s"]}} for n in (1, 2)]
    path = lines(tmp_path / "a.json", shop, PERSON, {**PERSON, "id": "p2"}, *owns)
    read = ftm.read(path)
    assert [(one.line, one.code) for one in read.problems[path]] == [(5, "ftm.two_owners")]
    assert read.tables.clusters["cluster_id"].to_pylist() == ["p1"]


def test_bytes_that_are_no_text_and_letters_that_are_none_are_taken_calmly(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(
        b'{"id":"a","schema":"Person","properties":{"name":["A\xff"]}}\n{"id":"\\ud800","schema":"Person","properties":{"name":["\\u0000\\ud800B"]}}\n'
    )
    read = ftm.read(path)
    assert [(one.line, one.code) for one in read.problems[path]] == [(1, "text.undecodable")]
    assert read.tables.records.num_rows == 2


@pytest.mark.parametrize("content", ["", "xin chào\n", '[{"id": "a", "schema": "Person"}]\n'])
def test_a_file_without_an_entity_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable) as told:
        ftm.read(path)
    assert told.value.code == "ftm.none"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as told:
        ftm.read(tmp_path / "nothing.json")
    assert told.value.code == "file.unreadable"
