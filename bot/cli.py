"""The command line."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, SettingsError, database_url, read_settings

__all__ = ["app", "main"]

app = typer.Typer(
    help="Lo Frayer: a chat coach for bad customer service.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


_FLOWS_HELP = "Another folder of flows, with dialogs/ or knowledge/ in it; its catalogs are not checked."


def _settings() -> Settings:
    try:
        settings = read_settings()
    except SettingsError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    for noisy in ("aiosqlite", "alembic", "aiohttp", "asyncio", "httpx"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    return settings


@app.command()
def run() -> None:
    """Start the coach: the web chat, and Telegram if there is a token."""
    settings = _settings()
    from bot.app import run as run_coach
    from bot.runtime.ports import TokenRefused

    try:
        with _in_a_line():
            _main(run_coach(settings))
    except TokenRefused as error:
        _stop(f"TELEGRAM_BOT_TOKEN: {error}; accepted: a token from @BotFather", error)
    except OSError as error:
        _stop(f"WEB_HOST, WEB_PORT: cannot listen on {settings.web_host}:{settings.web_port} ({error.strerror})", error)


@app.command()
def chat(
    language: Annotated[str | None, typer.Option(help="Your language, for example he or en.")] = None,
) -> None:
    """Talk to the coach in the terminal."""
    settings = _settings()
    logging.getLogger().setLevel(logging.ERROR)
    from bot.app import chat as chat_here

    with _in_a_line():
        _main(chat_here(settings, language))


@app.command()
def check(
    months: Annotated[int, typer.Argument(help="With --stale: the age in months.", min=0)] = 12,
    flows: Annotated[Path | None, typer.Option(help=_FLOWS_HELP, exists=True, file_okay=False)] = None,
    stale: Annotated[bool, typer.Option("--stale", help="List the facts that were not checked for so long.")] = False,
) -> None:
    """Check the dialogs, the knowledge and the translations; every mistake at once. Or list what is old."""
    if flows is not None and not any((flows / part).is_dir() for part in ("dialogs", "knowledge")):
        _stop(f"--flows: '{flows}' has neither a folder 'dialogs' nor a folder 'knowledge'")
    from bot.checking import check_all, stale_facts

    if stale:
        old = stale_facts(months, flows)
        for fact in old:
            typer.echo(str(fact))
        typer.echo(f"{len(old)} facts were not checked for {months} months or more", err=True)
        return
    issues = check_all(flows)
    for issue in issues:
        typer.echo(str(issue))
    if issues:
        typer.echo(f"{len(issues)} mistakes", err=True)
        raise typer.Exit(1)
    typer.echo("no mistakes")


@app.command()
def graph(
    dialog: Annotated[str | None, typer.Argument(help="One dialog; all if left out.")] = None,
) -> None:
    """Write the dialogs as Mermaid flowcharts."""
    from bot.authoring.book import read_shelf
    from bot.authoring.graph import mermaid
    from bot.paths import FLOWS

    dialogs = {read.dialog.id: read.dialog for read in read_shelf(FLOWS).dialogs}
    if dialog is not None and dialog not in dialogs:
        _stop(f"no dialog '{dialog}'; there are: {', '.join(dialogs)}")
    for name in [dialog] if dialog else dialogs:
        typer.echo(mermaid(dialogs[name]))


@app.command()
def export(person: Annotated[str, typer.Argument(help="The person's id, for example telegram:12345.")]) -> None:
    """Write everything that is kept on a person, as JSON."""
    settings = _settings()
    from bot.app import open_store, utc_now
    from bot.documents.export import export_json

    async def write() -> bytes | None:
        async with open_store(settings) as store:
            kept = await store.export(person)
            return export_json(person, kept, utc_now()) if any(kept.values()) else None

    with _in_a_line():
        found = asyncio.run(write())
    if found is None:
        hint = "" if ":" in person else "; an id begins with its channel, for example telegram:12345"
        _stop(f"nothing is kept on '{person}'{hint}")
    else:
        typer.echo(found.decode())


@app.command(name="copy-database")
def copy_database(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Address of a database, as DATABASE_URL takes it.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Address of an empty one.")],
) -> None:
    """Copy everything into another, empty database, of either engine, and compare every row."""
    from bot.store.copying import copy_database as copied

    for name, value in (("FROM", source), ("TO", target)):
        try:
            database_url(value)
        except ValueError as error:
            _stop(f"{name}: accepted: {error}", error)
    _copied(copied(source, target))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to make.")]) -> None:
    """Copy everything, as it is at one moment, into a new SQLite file; the coach may be running."""
    settings = _settings()
    from bot.store.copying import backup as backed_up

    _copied(backed_up(settings.database_url, file))


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that ``backup`` made.")]) -> None:
    """Copy everything from a backup into the database, which has to be empty."""
    settings = _settings()
    from bot.store.copying import restore as restored

    _copied(restored(file, settings.database_url))


def _copied(work: Coroutine[None, None, dict[str, int]]) -> None:
    from bot.runtime.ports import StoreUnavailable
    from bot.store.copying import CopyRefused

    try:
        rows = asyncio.run(work)
    except CopyRefused as error:
        _stop(f"nothing was copied: {error}", error)
    except StoreUnavailable as error:
        _stop(f"nothing was copied: the database cannot be used ({error})", error)
    typer.echo(f"{rows['people']} people, {sum(rows.values())} rows, compared one by one")


@app.command()
def stats() -> None:
    """Count people, cases, turns and money that came back; nothing personal is shown."""
    settings = _settings()
    from bot.app import open_store
    from bot.core.session import load
    from bot.core.stats import Stats

    async def count() -> list[str]:
        found, after = Stats(), ""
        async with open_store(settings) as store:
            while page := await store.sessions(after):
                for person, stored, turns in page:
                    after = person
                    try:
                        found.add(load(stored), turns)
                    except ValueError:
                        found.unreadable += 1
            return found.lines(await store.count_entries())

    with _in_a_line():
        lines = asyncio.run(count())
    for line in lines:
        typer.echo(line)


@app.command()
def catalogs(
    update: Annotated[bool, typer.Option(help="Bring the .po files up to date with the source first.")] = False,
) -> None:
    """Check and compile the translations."""
    from bot.checking import catalog_issues, compile_catalogs, update_catalogs, update_vocalised

    if update:
        for language, missing in update_catalogs().items():
            typer.echo(f"{language}: {sum(missing.values())} sentences to translate")
        typer.echo(f"vocalised: {update_vocalised()} lines to read over")
    issues = catalog_issues()
    for issue in issues:
        typer.echo(str(issue))
    if issues:
        _stop(f"{len(issues)} mistakes; nothing was compiled")
    compile_catalogs()


@app.command()
def understand(
    task: Annotated[str, typer.Option(help="objection (what a representative said) or triage (the first message).")],
) -> None:
    """Say what texts mean: JSON lines of text and lang in, one JSON line each out."""
    from bot.language.training.understand import answers

    if task not in ("objection", "triage"):
        _stop(f"--task: '{task}'; accepted: objection, triage")
    with _in_a_line():
        for line in answers(sys.stdin.buffer, task):
            typer.echo(line)


@app.command()
def learn() -> None:
    """Train the recogniser anew from the phrases."""
    try:
        from bot.language.training.train import learn as train
    except ImportError as error:
        _stop(f"training needs the development tools ({error})", error)
    for task, found in train().items():
        shares = ", ".join(f"{name} {share:.1%}" for name, share in found.items())
        typer.echo(f"{task}, phrases it had not seen: {shares}")


@app.command()
def evaluate() -> None:
    """Measure the recogniser on phrases it has not seen, per style and language, with the worst confusions."""
    try:
        from bot.language.training.evaluate import report
    except ImportError as error:
        _stop(f"evaluating needs the development tools ({error})", error)
    for line in report():
        typer.echo(line)


@app.command()
def version() -> None:
    """Print the version."""
    from bot.version import VERSION

    typer.echo(VERSION)


@contextmanager
def _in_a_line() -> Iterator[None]:
    """What an operator can mend ends the command with one line that says what it is, and no trace."""
    from bot.core.issues import AuthoringError
    from bot.runtime.ports import StoreUnavailable

    try:
        yield
    except StoreUnavailable as error:
        _stop(f"DATABASE_URL: the database cannot be used ({error})", error)
    except (AuthoringError, FileNotFoundError) as error:
        _stop(str(error), error)


def _main(coroutine: object) -> None:
    try:
        import uvloop
    except ImportError:  # not built for this platform
        asyncio.run(coroutine)  # type: ignore[arg-type]
    else:
        uvloop.run(coroutine)  # type: ignore[arg-type]


def _stop(message: str, cause: BaseException | None = None) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(2) from cause


def main() -> None:
    """The entry point."""
    app()
