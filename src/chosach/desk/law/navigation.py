"""Entries of the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Thời hạn"), "law:clocks", permission=("law.clocks", "law.clocks_all"), group=Group.WORK, order=60, icon="clock")
register(_("Pháp luật"), "law:kinds", permission="law.read", group=Group.PLAN, order=50, icon="journal-check")
