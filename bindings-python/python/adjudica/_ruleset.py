"""Schemes: compile, check, adjudicate."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, Protocol, Union

from . import _native, documents  # pyright: ignore[reportPrivateUsage]
from ._decision import Decision, Report
from ._errors import AdjudicaError
from ._native import Table

if TYPE_CHECKING:
    from typing import TypeAlias

Trace: TypeAlias = Literal["none", "reasons", "full"]
SchemeSource: TypeAlias = Union[str, bytes, bytearray, "os.PathLike[str]", documents.Scheme, Mapping[str, Any]]
# Dataclasses and the like have no type in common.
RequestSource: TypeAlias = Union[str, bytes, bytearray, documents.Request, Mapping[str, Any], object]


class ArrowTable(Protocol):
    """Anything that exports an Arrow stream by the PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The stream, in a capsule."""
        ...


def _source(scheme: SchemeSource) -> object:
    return pathlib.Path(scheme).read_bytes() if isinstance(scheme, os.PathLike) else scheme


def compile(scheme: SchemeSource) -> RuleSet:
    """Compiles a scheme: once, for any number of claims and threads.

    `scheme` is its text, JSON or YAML, as `str` or `bytes`; a path object of a file with that text;
    or the document as a dict. A `str` is always text: write `pathlib.Path("scheme.yaml")` for a file.

    Raises `InvalidSchemeError` with every error found.

    >>> rules = adjudica.compile(pathlib.Path("tests/data/smoke.yaml"))
    >>> rules
    <RuleSet 'smoke' version '1', standard conventions, digest a002cb28>
    """
    return RuleSet(_native.RuleSet(_source(scheme)))


def check(scheme: SchemeSource) -> Report:
    """Everything that is wrong with a scheme, and what is legal but probably not meant.

    Takes what `compile` takes and never raises for what the scheme says.
    """
    return Report(_native.check(_source(scheme)))


class RuleSet:
    """A compiled scheme. It never changes; share it between threads, pickle it for other processes."""

    __slots__ = ("_handle",)

    _handle: _native.RuleSet

    def __init__(self, handle: _native.RuleSet) -> None:
        object.__setattr__(self, "_handle", handle)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("RuleSet objects never change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("RuleSet objects never change")

    @staticmethod
    def compile(scheme: SchemeSource) -> RuleSet:
        """The same as `adjudica.compile`."""
        return compile(scheme)

    @staticmethod
    def check(scheme: SchemeSource) -> Report:
        """The same as `adjudica.check`."""
        return check(scheme)

    @property
    def code(self) -> str:
        """Code of the scheme."""
        return str(self._handle.get("code"))

    @property
    def version(self) -> str:
        """Version of the rules, as the scheme counts them."""
        return str(self._handle.get("version"))

    @property
    def digest(self) -> str:
        """SHA-256 of the scheme's canonical text, in hexadecimal; part of every decision."""
        return self._handle.digest

    @property
    def schema(self) -> str:
        """Id of the scheme document's form, such as `adjudica/scheme@1`."""
        return str(self._handle.get("schema"))

    @property
    def conventions(self) -> str:
        """Preset of conventions, with `+` if the scheme deviates from it."""
        return self._handle.conventions

    def to_dict(self) -> dict[str, Any]:
        """The scheme as JSON has it, with defaults filled in."""
        made: dict[str, Any] = self._handle.to_dict()
        return made

    def to_json(self) -> str:
        """The scheme's canonical JSON text, of which `digest` is the SHA-256."""
        return self._handle.to_json()

    def adjudicate(self, request: RequestSource, *, trace: Trace = "none", digest: bool = True) -> Decision:
        """Decides one claim.

        `request` is a dict, a dataclass, or JSON text. Amounts are `Decimal` or text, days `date` or
        text, names text or enums; floats, datetimes and numbers in place of amounts are refused.
        `trace` asks for the reasoning: `"reasons"` what rejected or reduced anything, `"full"` every
        step. `digest` puts the request's SHA-256 into the decision.

        Raises `RequestError` if the request is malformed; never for a claim that is not paid.

        >>> rules = example()
        >>> rules.adjudicate(example_request(), trace="full").trace.facts[0].code
        'step.category'
        >>> rules.adjudicate({"claim": {"code": 1.5}})
        Traceback (most recent call last):
            ...
        adjudica.RequestError: claim.code: invalid type: floating point `1.5`, expected a code as text [value.type]...
        """
        return Decision(self._handle.adjudicate(request, trace, digest))

    def ask(self, question: documents.Question, request: RequestSource) -> dict[str, Any]:
        """Asks for something else than a claim's decision: eligibility, a policy's period, a premium, a
        relative index, capitation, a review, by the name of the question.

        `request` is the question's document, as a dict, a dataclass or JSON text, strict as in
        `adjudicate`. The answer is a document as JSON has it, with amounts and days as text.

        Raises `RequestError` if there is no such question or the request is malformed.

        >>> rules = example()
        >>> rules.ask("decision", example_request())["status"]
        'valuated'
        """
        answer: dict[str, Any] = json.loads(self.ask_json(question, request))
        return answer

    def ask_json(self, question: documents.Question, request: RequestSource) -> str:
        """The answer of `ask` as JSON text: the same bytes in every language."""
        return self._handle.ask(question, request)

    def adjudicate_many(
        self,
        requests: Iterable[RequestSource],
        *,
        trace: Trace = "none",
        digest: bool = True,
        progress: Callable[[int], object] | None = None,
        threads: int | None = None,
    ) -> list[Decision | AdjudicaError]:
        """Decides many claims, each by itself: one that cannot be read gives its `RequestError` at
        its place in the list, not raised.

        Works block by block on `threads` threads (default: all cores) without the interpreter's
        lock. `progress` is called after each block with the number of claims done so far; what it
        raises stops the work and is raised here.

        >>> decided = example().adjudicate_many([example_request(), "{}"])
        >>> decided[0].totals.scheme_share, decided[1].code
        (Decimal('40.00'), 'field.missing')
        """
        _check_threads(threads)
        results = self._handle.adjudicate_many(requests, trace, digest, progress, threads)
        return [Decision(one) if isinstance(one, _native.Decision) else one for one in results]

    def adjudicate_ndjson(
        self,
        requests: bytes,
        *,
        trace: Trace = "none",
        digest: bool = True,
        threads: int | None = None,
    ) -> bytes:
        """Decides claims given as JSON, one a line; gives one line each, in order: the decision, or
        `{"error": {..}}` with the number of the line. Blank lines are passed over.

        The fastest way for files: nothing becomes a Python object.

        >>> example().adjudicate_ndjson(b"{}")
        b'{"error":{"code":"field.missing","message":"missing field `claim`","path":"","line":1,"column":1}}\\n'
        """
        _check_threads(threads)
        return self._handle.adjudicate_ndjson(bytes(requests), trace, digest, threads)

    def adjudicate_table(
        self,
        table: ArrowTable,
        *,
        people: Mapping[str, Mapping[str, Any]] | None = None,
        threads: int | None = None,
    ) -> Table:
        """Decides the claims of a table with one row for each claim line; gives a table with one row for
        each line, in the same order.

        `table` is anything that exports an Arrow stream: a table of pyarrow, polars, pandas or DuckDB.
        Its columns are named by their path in the request:

        - `claim.code`, `claim.facility`, `claim.date_from`, `patient.id`, `patient.birth_date`, `mode` and
          so on say the same in all rows of a claim;
        - `line.kind`, `line.code`, `line.quantity`, `line.price` and so on say it of each line; without
          `line.id` the lines of a claim are numbered from 1;
        - `coverage`, `history` and `line.components` hold JSON text, `claim.diagnoses` JSON text or a list.

        `people` gives coverage and history by patient id instead:
        `{"P1": {"coverage": [..], "history": {..}}}`.

        Days are date32, amounts decimal128, whole numbers or text; NULL means left out; floats and
        timestamps are refused. Rows of a claim stand together, in one record batch or in several.

        The answer has `claim`, `facility`, `line`, `claim_status`, `line_status`, `reasons` (codes),
        `openimis` (rejection code), `policy`, `product`, `quantity` (approved), `unit_price`, every amount
        of `Amounts`, and `remunerated`, in the scheme's currency. A claim that cannot be read has NULL
        there in all its rows, and `error_code`, `error_message`, `error_path` and `error_row` (from 1).

        Raises `RequestError` if the columns cannot be used, `TypeError` if `table` is no such table.
        """
        _check_threads(threads)
        return self._handle.adjudicate_table(table, people, threads)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RuleSet):
            return NotImplemented
        return self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        return compile, (self.to_json(),)

    def __repr__(self) -> str:
        return (
            f"<RuleSet {self.code!r} version {self.version!r}, {self.conventions} conventions, digest {self.digest[:8]}>"
        )


def _check_threads(threads: int | None) -> None:
    if threads is not None and threads < 1:
        raise ValueError(f"threads: {threads} is not a number of threads")
