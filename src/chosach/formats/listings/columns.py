"""Which column of a file is which field: by its name, by a well-known other name, or as told."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Pairs
from dataclasses import dataclass

from chosach.formats.listings.problems import Unreadable
from chosach.formats.listings.schema import FIELDS, LABELS, REQUIRED

#: Other names of each field, best first. Compared without case, underscores, brackets; with tones, else without.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "listing_id": (
        "mã tin",
        "mã tin bán",
        "mã tin đăng",
        "mã sản phẩm",
        "mã sp",
        "mã hàng",
        "item id",
        "itemid",
        "product id",
        "post id",
        "ad id",
        "id",
    ),
    "title": (
        "tên sản phẩm",
        "tên sp",
        "tên hàng",
        "tên hàng hóa",
        "tiêu đề",
        "tiêu đề tin",
        "product name",
        "item name",
        "name",
        "tên",
        "subject",
    ),
    "platform": ("sàn", "sàn tmđt", "sàn thương mại điện tử", "nền tảng", "kênh bán", "marketplace", "website", "kênh"),
    "url": ("link", "đường dẫn", "liên kết", "đường link", "địa chỉ web", "product url", "item url", "product link"),
    "seller_id": ("mã người bán", "mã shop", "mã gian hàng", "mã cửa hàng", "shop id", "shopid", "merchant id", "store id"),
    "seller_name": (
        "tên người bán",
        "tên shop",
        "tên gian hàng",
        "tên cửa hàng",
        "shop name",
        "store name",
        "merchant name",
        "người bán",
        "gian hàng",
        "cửa hàng",
        "seller",
        "shop",
        "store",
        "merchant",
    ),
    "description": (
        "mô tả",
        "mô tả sản phẩm",
        "mô tả chi tiết",
        "nội dung",
        "nội dung tin",
        "chi tiết",
        "product description",
        "desc",
        "body",
    ),
    "price": ("giá bán", "giá", "giá hiện tại", "đơn giá", "giá vnđ", "giá bán vnđ", "giá vnd", "sale price", "current price"),
    "original_price": ("giá gốc", "giá niêm yết", "giá cũ", "giá trước giảm", "list price", "price before discount"),
    "brand": ("thương hiệu", "nhãn hiệu", "hãng", "brand name"),
    "category": ("danh mục", "ngành hàng", "nhóm hàng", "loại hàng", "category name", "categories"),
    "origin": ("xuất xứ", "nguồn gốc", "nơi sản xuất", "nước sản xuất", "country of origin", "made in"),
    "sold": ("đã bán", "số lượng đã bán", "sl đã bán", "lượt bán", "quantity sold", "sold count", "historical sold"),
    "location": (
        "nơi bán",
        "nơi gửi",
        "gửi từ",
        "khu vực",
        "tỉnh thành phố",
        "tỉnh thành",
        "tỉnh",
        "địa chỉ",
        "shop location",
        "address",
    ),
    "images": ("hình ảnh", "ảnh", "hình", "link ảnh", "image urls", "image url", "image", "photos"),
    "captured_at": (
        "thời điểm ghi nhận",
        "ngày ghi nhận",
        "ngày thu thập",
        "ngày lấy tin",
        "crawled at",
        "crawl date",
        "scraped at",
        "timestamp",
    ),
}


def plain(name: str) -> str:
    """A column's name for comparing: NFC, lower case, anything but letters and digits one space."""
    text = unicodedata.normalize("NFC", name).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in text).split())


def toneless(name: str) -> str:
    """The same without tone marks: "gia ban" for "Giá bán"."""
    marks_off = "".join(char for char in unicodedata.normalize("NFD", plain(name)) if not unicodedata.combining(char))
    return marks_off.replace("đ", "d")


@dataclass(frozen=True)
class Mapping:
    """Field → place and name of its column; names of the columns that no field takes."""

    columns: dict[str, int]
    names: dict[str, str]
    ignored: tuple[str, ...] = ()

    def column(self, field: str) -> str:
        """The column's name in the file."""
        return self.names.get(field, field)

    @property
    def renamed(self) -> dict[str, str]:
        """Field → column where the two names differ: what a person should check."""
        return {field: name for field, name in self.names.items() if name != field}


def recognise(header: Sequence[str]) -> dict[str, int]:
    """Field → place, as far as the names tell. Each column serves one field."""
    exact = _first_places(plain(name) for name in header)
    bare = _first_places(toneless(name) for name in header)
    found: dict[str, int] = {}
    for field in FIELDS:
        place = exact.get(plain(field))
        if place is not None:
            found[field] = place
    for places, form in ((exact, plain), (bare, toneless)):
        for field in FIELDS:
            if field in found:
                continue
            for name in SYNONYMS.get(field, ()):
                place = places.get(form(name))
                if place is not None and place not in found.values():
                    found[field] = place
                    break
    return found


def _first_places(names: Iterable[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name:
            places.setdefault(name, place)
    return places


def propose(header: Sequence[str], told: Pairs[str, str] | None = None, *, guess: bool = True) -> Mapping:
    """The mapping of a file with this header. `told` (field → column name) goes before what the names tell; without `guess` it is all.

    Raises `Unreadable`: columns.unknown_field, columns.not_there, columns.missing.
    """
    told = told or {}
    places = recognise(header) if guess else {}
    for field, name in told.items():
        if field not in FIELDS:
            raise Unreadable("columns.unknown_field", f"Không có trường “{field}”. Các trường: {', '.join(FIELDS)}.")
        place = _find(header, name)
        if place is None:
            raise Unreadable("columns.not_there", f"Tệp không có cột “{name}”. Các cột trong tệp: {_listed(header)}.")
        places = {other: at for other, at in places.items() if other in told or at != place}
        places[field] = place
    missing = [field for field in REQUIRED if field not in places]
    if missing or not told:
        refuse_doubled(header, recognise)
    if missing:
        wanted = ", ".join(f"{field} ({LABELS[field].lower()})" for field in missing)
        raise Unreadable(
            "columns.missing",
            f"Không nhận ra cột {wanted}. Các cột trong tệp: {_listed(header)}. Hãy chỉ ra cột tương ứng.",
        )
    used = set(places.values())
    ordered = {field: places[field] for field in FIELDS if field in places}
    return Mapping(
        ordered,
        {field: header[place] for field, place in ordered.items()},
        tuple(name for place, name in enumerate(header) if place not in used and name.strip()),
    )


def refuse_doubled(header: Sequence[str], known: Callable[[Sequence[str]], Pairs[str, int]]) -> None:
    """Raises `Unreadable` encoding.doubled where a name is UTF-8 that was taken for Windows Latin and written as UTF-8 again ("MÃ£ tin"),
    and `known` before that: the cells are spoilt as the name is."""
    mended = [undoubled(name) for name in header]
    first = next((place for place, name in enumerate(mended) if name != header[place] and known([name])), None)
    if first is not None:
        raise Unreadable(
            "encoding.doubled",
            f"Tệp bị mã hóa hai lần: cột “{header[first][:60]}” lẽ ra là “{mended[first][:60]}”, chữ trong các ô cũng hỏng như vậy. "
            "Hãy xuất lại tệp từ phần mềm gốc; khi mở tệp CSV bằng phần mềm bảng tính, hãy chọn bảng mã UTF-8.",
        )


def undoubled(name: str) -> str:
    """The name before it was encoded twice; itself where it was not."""
    if name.isascii():
        return name
    try:
        return b"".join(_byte(char) for char in name).decode("utf-8")
    except UnicodeError:
        return name


def _byte(char: str) -> bytes:
    """As Windows Latin has it; the five bytes that it leaves open are taken as they are, as most programs do."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _find(header: Sequence[str], name: str) -> int | None:
    for form in (str, str.strip, plain):
        wanted = form(name)
        for place, other in enumerate(header):
            if form(other) == wanted:
                return place
    return None


def _listed(header: Sequence[str]) -> str:
    shown = [f"“{name[:60]}”" for name in header[:30]]
    return ", ".join(shown) + (f" và {len(header) - 30} cột khác" if len(header) > 30 else "")
