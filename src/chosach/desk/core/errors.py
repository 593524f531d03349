"""The two things that can go wrong by an act: it is refused, or its input has a problem."""

from collections.abc import Mapping


class Refused(Exception):
    """The actor may not do or see this. Answered with 404 and written to the ledger as `access.refused`.

    `permission` is the permission's code or `object.not_visible`; `refs` (noun → id) name what was asked for.
    """

    def __init__(self, permission: str, refs: Mapping[str, str] | None = None) -> None:
        super().__init__(permission)
        self.permission = permission
        self.refs = dict(refs or {})


class Problem(Exception):
    """Input or state that an act can't accept. `code` is stable, for programs; `message` is Vietnamese, for people.

    `where` names the field, the file and line, or the object. A page shows message and code; the API returns all three.
    """

    def __init__(self, code: str, message: str, where: str = "") -> None:
        super().__init__(f"{code}: {where}: {message}" if where else f"{code}: {message}")
        self.code = code
        self.message = message
        self.where = where
