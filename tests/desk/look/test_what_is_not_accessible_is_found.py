"""What the check of accessibility must see: pale text among much that looks alike, text over something else, fields without a name."""

import pytest

from tests.browser import assert_accessible

ROWS = "".join(f"<tr><td>Tin bán số {at}</td><td>Bàn gỗ</td></tr>" for at in range(60))
PAGE = "<!doctype html><html lang=vi><title>Thử</title><body style='background:#fff;color:#222'><main><h1>Danh sách</h1>{}</main>"
TABLE = "<table><thead><tr><th>Tin</th><th>Tên</th></tr></thead><tbody>{}</tbody></table>"

GOOD = [TABLE.format(ROWS), "<label>Tên <input value='Lan'></label>", "<p style='color:#767676'>Đủ đậm trên nền trắng</p>"]
BAD = {
    "one pale cell of many": TABLE.format(ROWS.replace("<td>Tin bán số 31<", "<td style='color:#aaa'>Tin bán số 31<")),
    "one row on a dark ground": TABLE.format(ROWS.replace("<tr><td>Tin bán số 31<", "<tr style='background:#333'><td>Tin bán số 31<")),
    "a row that is half seen through": TABLE.format(ROWS.replace("<tr><td>Tin bán số 31<", "<tr style='opacity:.4'><td>Tin bán số 31<")),
    "small where large would do": "<p style='color:#888;font-size:30px'>Chữ to</p><p style='color:#888;font-size:14px'>Chữ nhỏ</p>",
    "the same words laid over something dark": "<p>Chữ thường</p><div style='position:relative;height:80px'>"
    "<div style='background:#444;height:80px'></div><p style='position:absolute;top:0'>Chữ thường</p></div>",
    "a pale value in a field": "<label>Tên <input value='Lan' style='color:#bbb;background:#fff'></label>",
    "pale words beside pale ones that are switched off": "<button disabled style='color:#bbb;background:#fff'>Xóa tin</button>"
    "<button style='color:#bbb;background:#fff'>Lưu tin</button>",
    "a field without a name": "<input value='Lan'>",
    "a picture without words": "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
}


@pytest.mark.once
def test_what_is_not_accessible_is_found(browser) -> None:
    page = browser.new_page()
    try:
        for content in GOOD:
            page.set_content(PAGE.format(content))
            assert_accessible(page)
        missed = []
        for name, content in BAD.items():
            page.set_content(PAGE.format(content))
            try:
                assert_accessible(page)
            except AssertionError:
                continue
            missed.append(name)
        assert not missed
    finally:
        page.close()
