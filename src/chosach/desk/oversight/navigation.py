"""Oversight in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Sổ cái"), "oversight:ledger", permission="ledger.read", group=Group.SYSTEM, order=50, icon="journal-check")
register(_("Đầu sổ"), "oversight:heads", permission="ledger.heads", group=Group.SYSTEM, order=55, icon="patch-exclamation")
register(_("Lệnh xóa nội dung"), "oversight:redactions", permission="oversight.redactions", group=Group.SYSTEM, order=56, icon="pencil")
register(_("Lịch sử nạp kế hoạch"), "oversight:plan_loads", permission="oversight.plan_loads", group=Group.SYSTEM, order=57, icon="clock")
register(_("Tình trạng hệ thống"), "oversight:health", permission="oversight.health", group=Group.SYSTEM, order=60, icon="gear")
