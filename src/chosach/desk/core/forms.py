"""What forms of every app share."""

from django.core.exceptions import ValidationError
from django.forms import BaseForm

from chosach.desk.core.errors import Problem


def add_problem(form: BaseForm, problem: Problem) -> None:
    """Show a service's problem in the form: at the field that `where` names, else above the form. The code stays in the error."""
    form.add_error(problem.where if problem.where in form.fields else None, ValidationError(problem.message, code=problem.code))
