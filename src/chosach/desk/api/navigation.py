"""The entry of keys in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Khóa API"), "api_keys:list", permission="api.see", group=Group.SYSTEM, order=40, icon="key")
