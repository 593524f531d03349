"""Entries of the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Bảng kế hoạch"), "plan:board", permission="plan.read", group=Group.PLAN, order=10, icon="list-task")
