"""People and their role in a body."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from chosach.desk.accounts.permissions import DUTIES
from chosach.desk.agencies.models import Body
from chosach.desk.core.kinds import Role
from chosach.desk.core.models import Noun, new_id


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can sign in. Names, not numbers, on pages; ids, not names, in the ledger."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField("tên đăng nhập", max_length=64, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    is_active = models.BooleanField("đang hoạt động", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu", default=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def open_membership(self) -> "Membership | None":
        """The role that has not ended, from the roles as they were fetched."""
        return next((held for held in self.memberships.all() if held.ended_at is None), None)


class Membership(Noun):
    """A person's role in a body, for a time. One person acts in one body at a time; ended roles stay as history."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    body = models.ForeignKey(Body, models.PROTECT, related_name="memberships")
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)
    duties = models.JSONField("nhiệm vụ", default=list, blank=True)
    title = models.CharField("chức danh", max_length=120, blank=True)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(ended_at__isnull=True), name="one_open_membership"),
        ]

    def duty_labels(self) -> list[str]:
        return [DUTIES.get(duty, duty) for duty in self.duties]


class SecondFactorRule(Noun):
    """Who must sign in with a second factor: a role, in one body or (body empty) in all."""

    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan")
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)

    class Meta:
        ordering = ["body__code", "role"]
        constraints = [
            models.UniqueConstraint(fields=["body", "role"], condition=models.Q(body__isnull=False), name="one_rule_of_a_body"),
            models.UniqueConstraint(fields=["role"], condition=models.Q(body__isnull=True), name="one_rule_of_all_bodies"),
        ]


class ResetRequest(Noun):
    """What one administrator asked for and another decides: a new password or a new second factor for an account with more rights than
    an officer's, or a role that gives such rights (`wanted`: body's code, role, title, duties). It lapses by itself
    (`selectors.RESET_LASTS`)."""

    class Act(models.TextChoices):
        PASSWORD = "password", "Cấp lại mật khẩu"
        SECOND_FACTOR = "second_factor", "Đặt lại xác thực hai lớp"
        ROLE = "role", "Giao vai trò"

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ quản trị viên thứ hai"
        DONE = "done", "Đã làm"
        REFUSED = "refused", "Không đồng ý"

    user = models.ForeignKey(User, models.PROTECT, related_name="reset_requests")
    act = models.CharField("việc", max_length=20, choices=Act.choices)
    wanted = models.JSONField("vai trò đề nghị", default=dict, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField("trạng thái", max_length=10, choices=State.choices, default=State.WAITING)
    second = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField("ý kiến", max_length=500, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "act"], condition=models.Q(state="waiting"), name="one_waiting_reset_of_an_account"),
        ]

    def wanted_text(self) -> str:
        """The role that is asked for, in words; empty for other requests."""
        if not self.wanted:
            return ""
        role, duties = Role(self.wanted["role"]).label, [DUTIES.get(duty, duty) for duty in self.wanted["duties"]]
        return ", ".join(str(part) for part in (role, self.wanted["title"], self.wanted["body_name"], *duties) if part)
