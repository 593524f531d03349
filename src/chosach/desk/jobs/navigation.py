"""Long work in the main navigation."""

from django.utils.translation import gettext_lazy as _

from chosach.desk.core.navigation import Group, register

register(_("Việc dài"), "jobs:list", permission="jobs.read", group=Group.DATA, order=80, icon="hourglass-split")
