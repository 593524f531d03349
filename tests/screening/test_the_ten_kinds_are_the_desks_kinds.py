from chosach.desk.core.kinds import ViolationKind
from chosach.screening import KINDS


def test_the_engine_and_the_desk_speak_of_the_same_ten_kinds_in_the_same_order() -> None:
    assert list(KINDS) == [kind.value for kind in ViolationKind][:10]
