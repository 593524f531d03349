"""Entries of the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Vụ việc"), "cases:list", permission="cases.see", group=Group.WORK, order=30, icon="folder2-open")
register(_("Số liệu vụ việc"), "cases:figure_list", permission="cases.figures", group=Group.WORK, order=35, icon="bar-chart")
