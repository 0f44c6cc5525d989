"""The operator's door: `outrider COMMAND`. Each command imports only what it needs."""

import argparse
import sys
from collections.abc import Sequence

from bot import __version__

EXIT_FAULTY_LINES, EXIT_FAULTS, EXIT_LOCKED = 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0 well, 1 some input was bad, 2 wrong configuration, 3 locked."""
    from bot.model.errors import ConfigError, OutriderError, StoreLocked  # noqa: PLC0415 - commands load what they need

    arguments = _parser().parse_args(argv)
    try:
        status: int = arguments.command(arguments)
    except ConfigError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        return EXIT_FAULTS
    except StoreLocked as error:
        print(f"outrider: {error}", file=sys.stderr)
        return EXIT_LOCKED
    except OutriderError as error:
        print(f"outrider: {error}", file=sys.stderr)
        return EXIT_FAULTS
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `outrider read | head`: the reader has seen enough
        sys.stderr.close()
        return 0
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="outrider", description="A travel-risk alerting bot for Telegram.")
    parser.add_argument("--version", action="version", version=f"outrider {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="run the service: worker and chat")
    run.add_argument("--watch", action="append", default=[], metavar="PLACE",
                     help="without a token: a place to watch in the terminal (repeatable)")  # fmt: skip
    run.add_argument("--only", action="append", default=[], metavar="GROUP",
                     help="poll nothing but the sources of this group (repeatable)")  # fmt: skip
    run.add_argument("--role", default="all", choices=("all", "worker", "sender", "chat"),
                     help="a part of the work, where several processes share one PostgreSQL")  # fmt: skip
    run.set_defaults(command=_run)

    demo = commands.add_parser("demo", help="replay a recorded day through the whole real path, offline")
    demo.set_defaults(command=_demo)

    for name, command, what in (
        ("read", _read, "read items (JSON Lines), print what each says and how bad it is"),
        ("replay", _replay, "replay items in time order (JSON Lines), print the events they make"),
    ):
        sub = commands.add_parser(name, help=what)
        sub.add_argument("file", nargs="?", default="-", metavar="FILE", help="a file, or - for standard input")
        sub.set_defaults(command=command)

    explain = commands.add_parser("explain", help="show for a person how a text is read, and why it alerts or not")
    explain.add_argument("text", help="a text, or the name of a file that holds one")
    explain.add_argument("--lang", help="its language (ISO 639-1), if known")
    explain.add_argument("--date", help="its date (ISO 8601), if known")
    explain.set_defaults(command=_explain)

    check = commands.add_parser("check", help="validate settings, configuration and sources")
    check.set_defaults(command=_check)

    sources = commands.add_parser("sources", help="list the sources and their state")
    sources.add_argument(
        "--probe", action="store_true", help="ask each one now and say what it gives and how much of it is read"
    )
    sources.add_argument(
        "--only", metavar="WORD", help="those of this group, language or region, or whose id holds the word"
    )
    sources.set_defaults(command=_sources)

    why = commands.add_parser("why", help="show an event's history: reports, changes, who was told and who not and why")
    why.add_argument("event", metavar="EVENT", help="its id, how the id begins, or the tag of its alerts")
    why.set_defaults(command=_why)

    board = commands.add_parser("board", help="show how airports and borders stand, since when, and who says so")
    board.add_argument("place", nargs="?", metavar="PLACE", help="a country, region, city or airport")
    board.set_defaults(command=_board)

    feedback = commands.add_parser("feedback", help="print what people said was wrong with alerts, as JSON Lines")
    feedback.set_defaults(command=_feedback)
    advice = commands.add_parser("advice", help="show what governments advise about a country, on one scale")
    advice.add_argument("country", nargs="?", metavar="COUNTRY", help="else all countries that are warned of")
    advice.set_defaults(command=_advice)

    database = commands.add_parser("db", help="look after the database").add_subparsers(required=True, metavar="WHAT")
    database.add_parser("upgrade", help="bring the schema up to date").set_defaults(command=_db_upgrade)
    backup = database.add_parser("backup", help="make a checked copy of the store, beside a running service")
    backup.add_argument("to", nargs="?", metavar="TO", help="a new file, or a folder; else the folder of the backups")
    backup.set_defaults(command=_db_backup)
    restore = database.add_parser("restore", help="put a backup in the store's place; the former store is kept")
    restore.add_argument("source", metavar="FROM", help="the backup")
    restore.set_defaults(command=_db_restore)

    copy = database.add_parser("copy", help="copy all rows into another database, SQLite or PostgreSQL; can be resumed")
    copy.add_argument("source", metavar="FROM", help="the URL of the store as it is")
    copy.add_argument("target", metavar="TO", help="the URL of an empty database, or of a copy that was broken off")
    copy.set_defaults(command=_db_copy)

    _add_checks(commands)
    return parser


def _add_checks(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    send_test = commands.add_parser("send-test", help="send a marked test message to a chat")
    send_test.add_argument("chat_id", type=int, help="the chat's number")
    send_test.set_defaults(command=_send_test)
    log = commands.add_parser("log", help="check a duty log").add_subparsers(required=True, metavar="WHAT")
    verify = log.add_parser("verify", help="check that no line was changed, and say the first one that was")
    verify.add_argument("file", metavar="FILE", help="what the bot sent after /log, CSV or JSON")
    verify.set_defaults(command=_log_verify)


def _run(arguments: argparse.Namespace) -> int:
    from bot.app.run import run  # noqa: PLC0415

    return run(arguments.watch, only=arguments.only, role=arguments.role)


def _log_verify(arguments: argparse.Namespace) -> int:
    from bot.app.duty_log import verify  # noqa: PLC0415

    return verify(arguments.file)


def _demo(_: argparse.Namespace) -> int:
    from bot.app.demo.run import run_demo  # noqa: PLC0415

    return run_demo()


def _read(arguments: argparse.Namespace) -> int:
    from bot.app.reading_lines import read_file  # noqa: PLC0415

    return read_file(arguments.file)


def _replay(arguments: argparse.Namespace) -> int:
    from bot.app.replay import replay_file  # noqa: PLC0415

    return replay_file(arguments.file)


def _explain(arguments: argparse.Namespace) -> int:
    from bot.app.explain import explain  # noqa: PLC0415

    return explain(arguments.text, language=arguments.lang, date=arguments.date)


def _check(_: argparse.Namespace) -> int:
    from bot.app.check import check  # noqa: PLC0415

    return check()


def _sources(arguments: argparse.Namespace) -> int:
    from bot.app.source_table import print_sources  # noqa: PLC0415

    return print_sources(only=arguments.only, probe=arguments.probe)


def _why(arguments: argparse.Namespace) -> int:
    from bot.app.why import why  # noqa: PLC0415

    return why(arguments.event)


def _board(arguments: argparse.Namespace) -> int:
    from bot.app.board import print_board  # noqa: PLC0415

    return print_board(arguments.place)


def _feedback(_arguments: argparse.Namespace) -> int:
    from bot.app.feedback import print_feedback  # noqa: PLC0415

    return print_feedback()


def _advice(arguments: argparse.Namespace) -> int:
    from bot.app.advice import print_advice  # noqa: PLC0415

    return print_advice(arguments.country)


def _db_upgrade(_: argparse.Namespace) -> int:
    from bot.app.database import upgrade_database  # noqa: PLC0415

    return upgrade_database()


def _db_backup(arguments: argparse.Namespace) -> int:
    from bot.app.database import back_up  # noqa: PLC0415

    return back_up(arguments.to)


def _db_restore(arguments: argparse.Namespace) -> int:
    from bot.app.database import restore  # noqa: PLC0415

    return restore(arguments.source)


def _db_copy(arguments: argparse.Namespace) -> int:
    from bot.app.database import copy_database  # noqa: PLC0415

    return copy_database(arguments.source, arguments.target)


def _send_test(arguments: argparse.Namespace) -> int:
    from bot.app.send_test import send_test  # noqa: PLC0415

    return send_test(arguments.chat_id)
