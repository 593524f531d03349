"""The entry of screenings in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Các lần sàng lọc"), "screenings:runs", permission="screenings.read", group=Group.DATA, order=30, icon="funnel")
