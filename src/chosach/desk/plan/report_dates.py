"""The due dates of obligation R3 are the plan's report dates: what they are called on the board."""

import datetime as dt


def label_of(form_name: str, first_day: dt.date, last_day: dt.date) -> str:
    """What a report's due date is called."""
    return f"{form_name} ({first_day:%d/%m/%Y}–{last_day:%d/%m/%Y})"
