"""Entries of leads in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Đầu mối"), "leads:queue", permission="leads.read", group=Group.WORK, order=20, icon="binoculars")
register(_("Số lượng đầu mối"), "leads:counts", permission="leads.count", group=Group.WORK, order=21, icon="bar-chart")
register(_("Xem lại việc bỏ qua"), "leads:reviews", permission="leads.review", group=Group.WORK, order=22, icon="arrow-repeat")
