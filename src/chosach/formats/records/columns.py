"""Which column of a file of records is which field."""

from collections.abc import Mapping as Pairs
from collections.abc import Sequence

from chosach.formats.listings.columns import Mapping, plain, refuse_doubled, toneless
from chosach.formats.listings.problems import Unreadable

#: Field → what it is called on pages and in messages.
LABELS: dict[str, str] = {
    "record_id": "Mã hồ sơ",
    "name": "Tên người, tên doanh nghiệp",
    "seller_name": "Tên gian hàng",
    "phone": "Điện thoại",
    "bank_account": "Số tài khoản",
    "bank": "Ngân hàng",
    "tax_code": "Mã số thuế",
    "email": "Thư điện tử",
    "address": "Địa chỉ",
    "warehouse": "Kho hàng",
    "url": "Đường dẫn",
    "handle": "Tên tài khoản mạng",
    "images": "Ảnh (mã băm)",
    "texts": "Nội dung",
}
FIELDS: tuple[str, ...] = tuple(LABELS)
#: Other names of each field. Compared without case, underscores and brackets; with tones, else without.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "record_id": ("mã hồ sơ", "mã người bán", "mã shop", "mã gian hàng", "seller id", "shop id", "id"),
    "name": (
        "họ tên", "họ và tên", "tên người bán", "tên chủ shop", "họ tên chủ", "họ và tên chủ", "tên chủ", "chủ cửa hàng", "chủ gian hàng",
        "chủ shop", "chủ hộ", "tên chủ hộ", "chủ tài khoản", "tên doanh nghiệp", "full name", "owner",
    ),
    "seller_name": ("tên gian hàng", "tên shop", "tên cửa hàng", "gian hàng", "cửa hàng", "shop name", "store name", "shop", "seller"),
    "phone": (
        "điện thoại", "số điện thoại", "sđt", "số đt", "đt", "điện thoại liên hệ", "số điện thoại liên hệ", "sđt liên hệ", "di động",
        "số di động", "điện thoại di động", "hotline", "zalo", "phone number", "mobile", "tel",
    ),
    "bank_account": ("số tài khoản", "stk", "tài khoản ngân hàng", "tài khoản", "account number", "account"),
    "bank": ("ngân hàng", "tên ngân hàng", "bank name"),
    "tax_code": ("mã số thuế", "mst", "mã số doanh nghiệp", "tax id", "tax number"),
    "email": ("thư điện tử", "e mail", "mail"),
    "address": ("địa chỉ", "địa chỉ kinh doanh", "trụ sở", "nơi ở"),
    "warehouse": ("kho hàng", "địa chỉ kho", "kho", "nơi gửi hàng", "pickup address"),
    "url": ("đường dẫn", "link", "liên kết", "website", "trang web"),
    "handle": ("tên tài khoản mạng", "tài khoản mạng", "facebook", "tiktok", "username", "nickname"),
    "images": ("ảnh", "hình ảnh", "image hashes"),
    "texts": ("nội dung", "mô tả", "text"),
}  # fmt: skip


def recognise(header: Sequence[str]) -> dict[str, int]:
    """Field → place, as far as the names tell. Each column serves one field; a field's own name goes before other names."""
    found: dict[str, int] = {}
    for form in (plain, toneless):
        places: dict[str, int] = {}
        for place, name in enumerate(header):
            places.setdefault(form(name), place)
        for own in (True, False):
            for field in FIELDS:
                names = (field, LABELS[field]) if own else SYNONYMS[field]
                place_of = next((places[form(name)] for name in names if form(name) in places), None)
                if field not in found and place_of is not None and place_of not in found.values():
                    found[field] = place_of
    return found


def field_of(name: str) -> str | None:
    """The field that a person means by this name, None where it is none of them."""
    return next(iter(recognise([name])), None) if name.strip() else None


def useful(header: Sequence[str]) -> bool:
    """A header names an id and something to compare."""
    found = recognise(header)
    return "record_id" in found and len(found) > 1


def propose(header: Sequence[str], told: Pairs[str, str]) -> Mapping:
    """The mapping of a file with this header. `told` (field → column name) goes before what the names tell.

    Raises `Unreadable`: columns.not_there, columns.missing.
    """
    places = recognise(header)
    for field, name in told.items():
        place = next((at for form in (str, str.strip, plain) for at, other in enumerate(header) if form(other) == form(name)), None)
        if place is None:
            raise Unreadable("columns.not_there", f"Tệp không có cột “{name}”. Các cột trong tệp: {_listed(header)}.")
        places = {other: at for other, at in places.items() if other in told or at != place}
        places[field] = place
    if not told or "record_id" not in places:
        refuse_doubled(header, recognise)
    if "record_id" not in places or len(places) < 2:
        missing = "record_id (mã hồ sơ)" if "record_id" not in places else "để so sánh (tên, điện thoại, tài khoản, địa chỉ…)"
        raise Unreadable("columns.missing", f"Không nhận ra cột {missing}. Các cột trong tệp: {_listed(header)}. {_advice(places)}")
    ordered = {field: places[field] for field in FIELDS if field in places}
    used = set(ordered.values())
    ignored = tuple(name for place, name in enumerate(header) if place not in used and name.strip())
    return Mapping(ordered, {field: header[place] for field, place in ordered.items()}, ignored)


def _advice(places: Pairs[str, int]) -> str:
    if "record_id" in places:
        return "Hãy chỉ ra bằng --map, ví dụ --map phone=“Số máy”."
    return "Hãy chỉ ra bằng --map record_id=…; nếu tệp chưa có mã, hãy thêm một cột mã, mỗi dòng một mã riêng, giữ nguyên qua các lần."


def _listed(header: Sequence[str]) -> str:
    shown = [f"“{name[:60]}”" for name in header[:30]]
    return ", ".join(shown) + (f" và {len(header) - 30} cột khác" if len(header) > 30 else "")
