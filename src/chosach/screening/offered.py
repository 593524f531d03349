"""Is it the goods that a title offers? Work on them, their hire, fees, vouchers, lessons, wrappings and inserts have other prices."""

import re
import unicodedata

#: What stands before the offer itself: "[HCM] Nhận sửa …", "Shop chuyên dịch vụ vệ sinh …".
_OPENING = r"(?:\W|(?:shop|tiem|xuong|nhan|chuyen|dich vu|ban|can|cung cap|combo|bo|set|order|hang|moi|sale|hot)(?!\w))*"
_WORK = (
    r"sua(?! ?(?:tam|rua|chua chai|bot|tuoi))|va lai|may lai|khau lai|thay (?:khoa|quai|de|day|lot|ruot|pin|mat|nut)|ve sinh|"
    r"giat(?! gia)|spa|phuc hoi|danh bong|dan de|ma lai|khac ten|nhuom lai|kiem dinh|check (?:auth|hang)|authen|giam dinh|ky gui|cam do|"
    r"thu mua|mua lai|(?:cho )?thue|cho muon|mua ho|order ho|ship ho|van chuyen|repair|rental|rent|cleaning"
)
_MONEY = (
    r"phu phi|phi (?:ship|van chuyen|order|giao|dat)|tien (?:coc|ship)|(?:dat )?coc(?: truoc| tien)?|voucher|e-?voucher|phieu|coupon|"
    r"ma (?:giam(?: gia)?|khuyen mai|voucher)|the (?:qua tang|giam gia|thanh vien)|gift ?card|link (?:dat|thanh toan|ship|coc)"
)
_LESSONS = (
    r"e-?books?|sach(?! (?:kho|size|se|bong))|khoa hoc|lop hoc|tai lieu|giao trinh|huong dan|cach|"
    r"meo (?:hay|chon|phoi)|bi quyet|video(?! (?:that|anh|thuc|quay))|bang (?:size|gia|mau|quy doi)|"
    r"catalogue|catalog|lookbook|poster|tranh|template|mockup|theme|file (?:thiet ke|vector|in)|vector"
)
_AROUND = (
    r"insert|khay|ngan chia|(?:do |goi |dung cu )?giu (?:form|phom|dang)|(?:tui |hop )?(?:lot|ruot)|organizer|(?:tui|hop|giay|bao) giay|"
    r"giay (?:goi|lot)|tui hut am|hat hut am|(?:day|khoa|moc) (?:treo|deo)|gia treo|ke trung bay|tui bao|tui vai chong bui"
)
_OFFERED = re.compile(rf"{_OPENING}(?:{_WORK}|{_MONEY}|{_LESSONS}|{_AROUND})(?!\w)")
_BRACKETED = re.compile(r"\[[^\]]*\]|\([^)]*\)|【[^】]*】")
_LONGEST = 80  #: code points of what stands before the goods that are looked at


def serves(before: str) -> bool:
    """``before``: the title up to its first word for goods. Does it begin with work on them, their hire, a fee or a part of the price, a
    voucher, a lesson about them, or what they are wrapped or laid in? Notes in brackets are no beginning."""
    plain = unicodedata.normalize("NFD", _BRACKETED.sub(" ", before[:_LONGEST]).lower().replace("đ", "d"))
    return _OFFERED.match("".join(char for char in plain if not unicodedata.combining(char))) is not None
