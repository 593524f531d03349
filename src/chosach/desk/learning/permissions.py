"""Who may see what was learnt, correct labels, retrain, and put a version in force."""

from chosach.desk.core.access import register
from chosach.desk.core.kinds import BodyKind, Role
from chosach.desk.leads.permissions import OWNERS

PEOPLE = (Role.OFFICER, Role.HEAD)
OFFICE = {BodyKind.STANDING_OFFICE}

register("learning.read", "Xem nhãn của cơ quan mình và các bản học", roles=PEOPLE, kinds=OWNERS)
register("learning.correct", "Rút, đảo, dùng lại nhãn của cơ quan mình", roles=(Role.HEAD,), kinds=OWNERS)
register("learning.oversee", "Xem nhãn của mọi cơ quan, rút, đảo nhãn, xem các đợt bỏ qua dồn dập", roles=PEOPLE, kinds=OFFICE)
register("learning.train", "Cho học lại (Văn phòng Thường trực)", roles=PEOPLE, kinds=OFFICE)
register("learning.train_as_analyst", "Cho học lại (người phân tích)", roles=PEOPLE, kinds=OWNERS, duties={"analyst"})
register("learning.approve", "Đưa bản học vào dùng (người thứ hai), đặt lại bản cũ", roles=PEOPLE, kinds=OFFICE)
