"""The entry of learning in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Học từ quyết định"), "learning:versions", permission="learning.read", group=Group.DATA, order=40, icon="arrow-repeat")
