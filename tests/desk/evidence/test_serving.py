"""A file is served as an attachment that no browser runs, to nobody else's cache, under a clean name."""

from typing import Any

import pytest

from chosach.desk.evidence import services, store
from tests.desk.cases.making import a_case, set_the_day


@pytest.fixture
def svg(cast: Any) -> Any:
    set_the_day()
    case = a_case(cast)
    content = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    given = {"name": "Ảnh\r\nSet-Cookie: x.html", "description": "x", "source": "x", "actor": cast["qltt.can-bo"].actor}
    return services.add("case", case.id, chunks=[content], **given)


def test_active_content_comes_as_an_attachment_that_nothing_runs(cast: Any, svg: Any) -> None:
    response = cast["qltt.can-bo"].client.get(f"/chung-cu/{svg.id}/tai-ve/")
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(b"<svg")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"].endswith(".svg")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response["Cache-Control"]


def test_a_damaged_file_is_answered_with_words_and_no_bytes(cast: Any, svg: Any, tmp_path: Any) -> None:
    path = tmp_path / "files" / store.key(svg.sha256)
    path.chmod(0o640)
    path.write_bytes(b"khac")
    response = cast["qltt.can-bo"].client.get(f"/chung-cu/{svg.id}/tai-ve/")
    assert response.status_code == 409
    assert "evidence.damaged" in response.content.decode()


def test_the_page_of_a_piece_shows_its_custody_record(cast: Any, svg: Any) -> None:
    page = cast["qltt.lanh-dao"].client.get(f"/chung-cu/{svg.id}/").content.decode()
    assert svg.sha256 in page
    assert "Trần Quốc Bảo" in page
