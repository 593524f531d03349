"""Who may work with leads: the body that owns them. The standing office sees counts, and the dismissals drawn for it."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import ENFORCEMENT, STATE, BodyKind, Role

WORKERS = (Role.OFFICER, Role.HEAD)
OWNERS = ENFORCEMENT | {BodyKind.STANDING_OFFICE}
OFFICE = {BodyKind.STANDING_OFFICE}

register("leads.read", "Xem đầu mối của cơ quan mình", roles=WORKERS, kinds=OWNERS)
register("leads.work", "Phân công, theo dõi, tiếp nhận, chuyển đầu mối", roles=WORKERS, kinds=OWNERS)
register("leads.answer_passed", "Nhận hoặc trả lại đầu mối chuyển đến cơ quan mình", roles=WORKERS, kinds=OWNERS)
register("leads.dismiss", "Bỏ qua đầu mối", roles=WORKERS, kinds=OWNERS)
register("leads.take_back", "Rút lại việc bỏ qua hoặc tiếp nhận đầu mối, mở lại đầu mối", roles=WORKERS, kinds=OWNERS)
register("leads.second", "Là người thứ hai khi bỏ qua đầu mối", roles=WORKERS, kinds=OWNERS)
register("leads.count", "Xem số lượng đầu mối của mọi cơ quan", roles=WORKERS, kinds=OFFICE)
register("leads.review", "Xem lại việc bỏ qua đầu mối được rút thăm", roles=WORKERS, kinds=OFFICE)
register("leads.weights", "Xem trọng số xếp hạng", roles=WORKERS, kinds=OWNERS)
register("leads.weigh", "Đặt trọng số xếp hạng", roles=(Role.HEAD,), kinds=OFFICE)
register("leads.open", "Mở đầu mối từ kết quả sàng lọc", roles=WORKERS, kinds=STATE)
