"""The command line: `chosach …`. Each command stands in a file of its own under `chosach.commands`."""

from chosach.commands import desk, ftm, index, ledger, person, plan
from chosach.commands.demo import demo
from chosach.commands.joints import joints
from chosach.commands.link import link
from chosach.commands.place import place
from chosach.commands.prices import prices
from chosach.commands.screen import screen
from chosach.commands.train import train
from chosach.commands.up import up
from chosach.commands.usage import App
from chosach.commands.worker import worker

app = App(
    name="chosach",
    help="Chợ sạch: từ tin bán, tin báo đến vụ việc có chứng cứ và báo cáo.",
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.command("manage", context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})(desk.manage)
app.command("demo")(demo)
app.command("screen")(screen)
app.command("link")(link)
app.command("place")(place)
app.command("joints")(joints)
app.command("prices")(prices)
app.command("train")(train)
app.command("worker")(worker)
app.command("up")(up)
app.add_typer(plan.app)
app.add_typer(ledger.app)
app.add_typer(person.app, name="person")
app.add_typer(ftm.app, name="ftm")
app.add_typer(index.app, name="index")


def main() -> None:
    """Entry point of the `chosach` script."""
    app()


if __name__ == "__main__":
    main()
