"""What can be done to rings: one file per act."""

from chosach.desk.rings.services.judging import answer, cut, judge_different, judge_same, undo
from chosach.desk.rings.services.linking import link_again, start_linking

__all__ = ["answer", "cut", "judge_different", "judge_same", "link_again", "start_linking", "undo"]
