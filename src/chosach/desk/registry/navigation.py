"""The registry's entry in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Sổ thương nhân"), "registry:traders", permission="registry.read", group=Group.DATA, order=20, icon="shop")
