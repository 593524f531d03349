"""Entries of the main navigation."""

from chosach.desk.core.navigation import Group, register

register("Người dùng", "people:list", permission="accounts.manage", group=Group.SYSTEM, order=10, icon="people")
register("Người của cơ quan", "people:own_body", permission="accounts.see_own_body", group=Group.SYSTEM, order=10, icon="people")
register("Tạm khóa đăng nhập", "people:lockouts", permission="accounts.manage", group=Group.SYSTEM, order=20, icon="lock")
register(
    "Quy định xác thực hai lớp", "people:second_factor", permission="accounts.manage", group=Group.SYSTEM, order=30, icon="shield-lock"
)
