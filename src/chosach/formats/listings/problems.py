"""What can be wrong with a file or a row: a stable code for programs, a Vietnamese sentence for people."""

import errno
from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """`rejects`: the row is left out. Otherwise the row goes through and only the value is empty or mended."""

    reason: str
    rejects: bool


CODES: dict[str, Code] = {
    # the row is left out
    "id.empty": Code("Thiếu mã tin. Mỗi dòng phải có một mã tin riêng.", True),
    "id.doubled": Code("Mã tin này đã có ở một dòng trước. Chỉ dòng đầu được nhận.", True),
    "id.too_long": Code("Mã tin dài hơn 200 ký tự.", True),
    "record.id_empty": Code("Thiếu mã hồ sơ. Mỗi dòng phải có một mã riêng.", True),
    "record.id_doubled": Code("Mã hồ sơ này đã có ở một dòng trước. Chỉ dòng đầu được nhận.", True),
    "record.id_too_long": Code("Mã hồ sơ dài hơn 200 ký tự.", True),
    "record.empty": Code("Hồ sơ không có gì để so: mọi cột đều trống, hoặc chỉ ghi “không có”, “N/A”, “-”.", True),
    "record.known": Code("Mã hồ sơ này đã có trong chỉ mục.", True),
    "title.empty": Code("Thiếu tên hàng hoặc tiêu đề.", True),
    "row.columns": Code("Dòng có nhiều ô hơn dòng tiêu đề: có thể thiếu ngoặc kép quanh ô chứa dấu phân cách.", True),
    "row.too_long": Code("Dòng dài quá 4 triệu ký tự.", True),
    "csv.quote": Code("Ngoặc kép không khớp: thiếu dấu đóng, hoặc có chữ ngay sau dấu đóng.", True),
    "json.syntax": Code("Dòng không phải JSON hợp lệ.", True),
    "json.not_object": Code("Dòng JSON không phải một đối tượng {…}.", True),
    "ftm.id_missing": Code("Thực thể thiếu “id”.", True),
    "ftm.schema_missing": Code("Thực thể thiếu “schema”.", True),
    "ftm.schema_unknown": Code("Loại thực thể này không có trong FollowTheMoney 4.11, cũng không có trong phần mở rộng.", True),
    "ftm.schema_conflict": Code("Một dòng trước cùng mã ghi loại thực thể khác, không phải loại con hay loại mẹ của nó.", True),
    "ftm.properties_form": Code("“properties” không phải một đối tượng {…}.", True),
    "ftm.required_missing": Code("Thiếu một đầu của liên kết.", True),
    # the row goes through
    "ftm.value_form": Code("Giá trị không phải văn bản, số, hay dãy văn bản và số, hoặc không đọc được. Giá trị được bỏ đi.", False),
    "ftm.reference_missing": Code("Liên kết tới một thực thể không có trong tệp. Liên kết được bỏ đi.", False),
    "ftm.two_owners": Code("Gian hàng đã có chủ ở một dòng trước. Chủ thứ hai được bỏ đi.", False),
    "record.unread": Code("Không đọc được gì để so trong ô này. Hồ sơ vẫn được giữ, chỉ so các ô còn lại.", False),
    "row.short": Code("Dòng có ít ô hơn dòng tiêu đề. Các ô thiếu được coi là trống.", False),
    "number.scientific": Code(
        "Bảng tính đã đổi số dài thành dạng 1.9E+16 nên các chữ số cuối đã mất. Giá trị không dùng để so; hãy định dạng cột là văn bản.",
        False,
    ),
    "id.scientific": Code(
        "Bảng tính đã đổi mã dài thành dạng 1.9E+16 nên các chữ số cuối đã mất. Mã giữ nguyên như ghi nhưng có thể trùng với mã khác, "
        "và dòng sau trùng mã bị bỏ; hãy định dạng cột là văn bản rồi ghi lại.",
        False,
    ),
    "number.figures": Code(
        "Số dài hơn 15 chữ số ghi dạng số: bảng tính có thể đã đổi các chữ số cuối thành 0. Hãy định dạng cột là văn bản.", False
    ),
    "number.unclear": Code("Không đọc được số, hoặc hiểu được nhiều cách. Hãy ghi như 250000, 250.000 đ, 250k. Ô được để trống.", False),
    "number.negative": Code("Số âm. Giá trị được để trống.", False),
    "number.too_large": Code("Số quá lớn. Giá trị được để trống.", False),
    "date.unclear": Code("Không đọc được ngày giờ. Hãy dùng dạng 2020-11-13 hoặc 13/11/2020. Giá trị được để trống.", False),
    "date.out_of_range": Code("Ngày giờ ngoài khoảng 1990–2100. Giá trị được để trống.", False),
    "text.nul": Code("Ô chứa ký tự rỗng (NUL). Ký tự này được bỏ đi.", False),
    "text.undecodable": Code("Ô có ký tự không giải mã được, hiện thành �.", False),
    "picture.empty": Code("Tệp ảnh rỗng.", False),
    "picture.too_many_bytes": Code("Tệp ảnh quá 32 MB.", False),
    "picture.kind": Code("Không phải ảnh JPEG, PNG, WebP, GIF hay BMP, hoặc phần đầu tệp đã hỏng.", False),
    "picture.ending": Code("Không đọc tệp có đuôi này. Chỉ đọc JPEG, PNG, WebP, GIF, BMP; hãy xuất ảnh khác loại thành JPEG.", False),
    "picture.too_many_pixels": Code("Ảnh quá 60 triệu điểm ảnh (JPEG) hoặc 30 triệu (loại khác).", False),
    "picture.too_small": Code("Ảnh có một cạnh dưới 8 điểm ảnh.", False),
    "picture.broken": Code("Ảnh hỏng hoặc thiếu phần cuối.", False),
    "picture.unexpected": Code("Lỗi ngoài dự kiến khi đọc ảnh này. Các ảnh khác vẫn được đọc.", False),
    "picture.not_found": Code("Không có tệp ảnh này, hoặc không đọc được.", False),
    "picture.not_here": Code("Ảnh trên mạng không được tải về. Hãy tải về rồi ghi tên tệp.", False),
    "picture.outside": Code("Tên ảnh dẫn ra ngoài thư mục ảnh hoặc tệp ZIP.", False),
    "picture.encrypted": Code("Ảnh trong tệp ZIP được đặt mật khẩu. Hãy nén lại không mật khẩu.", False),
    "picture.packed": Code("Ảnh trong tệp ZIP được nén theo cách lạ. Hãy nén lại theo cách thông thường.", False),
    "picture.unclaimed": Code("Không tin bán nào của lần nhập này nêu tên ảnh này.", False),
    "picture.ambiguous": Code("Nhiều ảnh cùng tên này. Hãy đặt ảnh của mỗi tin trong thư mục tên là mã tin.", False),
    "picture.names_alike": Code("Nhiều tệp ảnh chỉ khác nhau ở chữ hoa, chữ thường hay cách ghi dấu. Hãy ghi đúng tên tệp.", False),
    "picture.two_platforms": Code("Mã tin trong tên thư mục có ở nhiều sàn. Hãy đặt thêm thư mục tên sàn, ví dụ shopee/123/1.jpg.", False),
    "picture.two_ids": Code(
        "Mã tin trong tên thư mục là của nhiều tin cùng sàn, chỉ khác chữ hoa, chữ thường. Hãy đặt tên riêng cho ảnh và ghi ở cột ảnh.",
        False,
    ),
    "picture.not_sent": Code("Tin bán nêu tên ảnh này, nhưng tệp ZIP không có.", False),
    "text.too_long": Code("Ô dài quá mức và đã bị cắt bớt.", False),
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One problem of one row.

    `line`: the physical line on which the row begins (CSV, JSON lines) or the row number in the sheet or table, from 1.
    `row`: the number of the data row, from 1, the header not counted. `column`: the column's name in the file, empty when the
    row as a whole is meant. `value`: what stood there, shortened.
    """

    line: int
    row: int
    column: str
    code: str
    value: str = ""

    @property
    def rejected(self) -> bool:
        """True if the row is left out."""
        return CODES[self.code].rejects

    @property
    def reason(self) -> str:
        """The Vietnamese sentence."""
        return CODES[self.code].reason


class Unreadable(Exception):
    """A file that can't be read at all. `code` is stable; `message` is Vietnamese and says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


_OS_ERRORS = {
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.EDQUOT: "hết hạn mức đĩa",
    errno.EFBIG: "tệp lớn quá mức cho phép",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EISDIR: "đây là một thư mục",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EIO: "lỗi đọc ghi của ổ đĩa",
}


def spoken(error: OSError) -> str:
    """What the operating system said, in Vietnamese where it is known."""
    return _OS_ERRORS.get(error.errno or 0) or error.strerror or str(error)


SHORT = 80


def shorten(value: object) -> str:
    """At most 80 characters of a value, on one line, for the rejects file."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    text = text[: SHORT + 40].encode("utf-8", "replace").decode("utf-8").replace("\0", "␀")
    text = " ".join(text.split())
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
