"""Entries of the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Cơ quan"), "agencies:bodies", permission="agencies.read", group=Group.PLAN, order=40, icon="building")
register(_("Thẩm quyền"), "agencies:competence", permission="agencies.competence", group=Group.PLAN, order=41, icon="signpost-split")
