"""What forms of every app share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, DateInput

from chosach.desk.core.errors import Problem


def add_problem(form: BaseForm, problem: Problem) -> None:
    """Show a service's problem in the form: at the field that `where` names, else above the form. The code stays in the error."""
    form.add_error(problem.where if problem.where in form.fields else None, ValidationError(problem.message, code=problem.code))


class DayInput(DateInput):
    """A day picked from the browser's calendar, which shows it as the person's device does. Typed text works where there is none."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")  # what the browser's calendar wants to read and sends back
