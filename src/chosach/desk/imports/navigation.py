"""Imports in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Nhập dữ liệu"), "imports:list", permission="imports.read", group=Group.DATA, order=10, icon="cloud-upload")
