"""Navigation of the reports."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Báo cáo"), "reports:list", permission="reports.read", group=Group.PLAN, order=20, icon="journals")
