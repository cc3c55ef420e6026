"""openIMIS 1.11 itself, replayed bug for bug over its own rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from . import _native  # pyright: ignore[reportPrivateUsage]
from ._snapshot import SnapshotSource, snapshot_text

Run = Literal["submit", "process", "flow"]
"""What openIMIS is asked to do: check a claim, check and value it, or both by its service layer."""


class Switch(NamedTuple):
    """A deviation of openIMIS 1.11 from the `standard` conventions."""

    name: str
    """As `openimis_replay` takes it."""
    meaning: str
    """What openIMIS 1.11 does."""
    source: str
    """Where it does it."""


def openimis_switches() -> tuple[Switch, ...]:
    """Every deviation of openIMIS 1.11.

    >>> [switch.meaning for switch in adjudica.openimis_switches() if switch.name == "int_truncation"]
    ['The cents of every line are dropped before anything else.']
    """
    return tuple(Switch(**fields) for fields in _native.openimis_switches())


def openimis_replay(
    snapshot: SnapshotSource, *, run: Run = "process", switches: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    """What openIMIS 1.11 answers to the claims of a snapshot, one after the other: the errors and the
    columns it stores, or the exception it breaks down with. `snapshot` is as `read_snapshot` takes it.
    `switches` are the deviations that are on: all of them, which is openIMIS 1.11, if left out; none of
    them is `standard`.

    Raises `RequestError` if it is no snapshot, or there is no such run or switch.
    """
    options: dict[str, Any] = {"run": run}
    if switches is not None:
        options["switches"] = list(switches)
    made: list[dict[str, Any]] = _native.openimis_replay(_text(snapshot), json.dumps(options))
    return made


def openimis_attribute(snapshot: SnapshotSource, *, run: Run = "process") -> list[dict[str, Any]]:
    """Why openIMIS 1.11 answers the claims of a snapshot otherwise than `standard`: the smallest set of
    deviations that makes the difference, with the money that each of them moves.

    Raises `RequestError` as `openimis_replay` does.
    """
    made: list[dict[str, Any]] = _native.openimis_attribute(_text(snapshot), json.dumps({"run": run}))
    return made


def openimis_audit(snapshots: Iterable[SnapshotSource], *, run: Run = "process") -> dict[str, Any]:
    """What a move from openIMIS 1.11 to `standard` changes over many snapshots: claims equal and changed,
    money over- and underpaid, by deviation, product, facility, category and month, and the claims that
    change most. The document of `adjudica.schema("audit")`; snapshots that cannot be used are counted in it.
    """
    lines = "\n".join(_line(_text(snapshot)) for snapshot in snapshots)
    made: dict[str, Any] = _native.openimis_audit(lines, json.dumps({"run": run}))
    return made


def _line(text: str) -> str:
    """JSON text on one line: outside its strings, where JSON allows none, line breaks mean nothing."""
    return " ".join(text.splitlines())


def _text(snapshot: SnapshotSource) -> str:
    text = snapshot_text(snapshot)
    return text if isinstance(text, str) else text.decode("utf-8-sig")
