"""The entry of rings in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Đường dây"), "rings:rings", permission="rings.read", group=Group.DATA, order=25, icon="link-45deg")
