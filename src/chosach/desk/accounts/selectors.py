"""What can be asked about people."""

from django.db.models import Q

from chosach.desk.accounts.models import Membership, User
from chosach.desk.core import businessdate
from chosach.desk.core.access import NOBODY, Actor


def current_membership(user: User) -> Membership | None:
    """The role that this person holds on the business date, if any."""
    today = businessdate.today()
    return (
        Membership.objects.select_related("body")
        .filter(user=user)
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=today), Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        .order_by("-created_at")
        .first()
    )


def actor_of(user: User) -> Actor:
    """The actor that this person is today. Without a current role in a body, a person may do nothing."""
    membership = current_membership(user)
    if membership is None:
        return Actor(id=f"user:{user.pk}", name=str(user), user_id=user.pk)
    return Actor(
        id=f"user:{user.pk}",
        name=str(user),
        user_id=user.pk,
        body_id=membership.body_id,
        body_code=membership.body.code,
        body_name=membership.body.short_name,
        body_kind=membership.body.kind,
        role=membership.role,
        duties=frozenset(membership.duties),
    )


def actor_or_nobody(user: object) -> Actor:
    """The actor of a request's user, signed in or not."""
    return actor_of(user) if isinstance(user, User) else NOBODY
