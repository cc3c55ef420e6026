"""The decision and the report, as Python sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from . import _native  # pyright: ignore[reportPrivateUsage]
from .model import DecisionFields, LineDecision, ReportFields

if TYPE_CHECKING:
    from ._ruleset import RuleSet


class Decision(DecisionFields):
    """The decision on one claim: what is paid, why, who bears the rest, and what it consumes.

    It never changes, compares by value, and can be pickled. Attributes are converted when they are
    asked for: amounts and quantities to `Decimal`, days to `date`, names to enums.

    >>> decision = example().adjudicate(example_request())
    >>> decision
    <Decision on claim 'C1': valuated, claimed 139.00, payable 40.00, 2 lines>
    >>> decision.status
    <Status.VALUATED: 'valuated'>
    >>> decision.lines[0].amounts.payable
    Decimal('40.00')
    >>> decision.line("2").amounts.price_adjustment
    Decimal('0.75')
    """

    __slots__ = ("_handle",)

    _handle: _native.Decision

    def __init__(self, handle: _native.Decision) -> None:
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_data", {})
        object.__setattr__(self, "_memo", {})

    @classmethod
    def from_json(cls, document: str | bytes) -> Decision:
        """Reads a decision back from its JSON text.

        Raises `RequestError` if the text is no decision.
        """
        return cls(_native.Decision(document))

    @classmethod
    def from_dict(cls, document: dict[str, Any]) -> Decision:
        """Reads a decision back from what `to_dict()` gave.

        Raises `RequestError` if the dict is no decision.
        """
        return cls(_native.Decision(document))

    def line(self, line_id: str) -> LineDecision:
        """The decision on the line with that id; `KeyError` if the claim has no such line."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise KeyError(line_id)

    def explain(
        self,
        lang: str | None = None,
        format: Literal["text", "html"] = "text",
        *,
        line: str | None = None,
        rules: RuleSet | None = None,
        messages: Sequence[Mapping[str, Any]] = (),
    ) -> str:
        """The explanation of benefits in words, as plain text or as one HTML document without scripts.

        `lang` is a language tag such as `"en"` or `"fr"`; left out, the first of the scheme's
        languages that there is, else English. `line` explains one line only. `rules` are needed only
        for a decision that was read back from a document: they know its currency and calendar.
        `messages` are message files of further languages, or with other words.

        Raises `InvalidDocumentError`: `language.unknown`, `line.unknown`, or what is wrong with a
        message file.

        >>> print(example().adjudicate(example_request()).explain("fr").splitlines()[0])
        Décompte de prestations
        """
        options: dict[str, Any] = {"language": lang, "form": format, "line": line, "messages": list(messages)}
        if rules is not None:
            scheme = rules.to_dict()
            options["currency"] = scheme["currency"]["code"]
            options["calendar"] = scheme["calendar"]
            options["languages"] = scheme.get("languages", [])
        return self._handle.explain(options)

    def why(self, line_id: str, lang: str | None = None) -> str:
        """Why a line was paid as it was, as plain text; `explain` with that line.

        >>> "Deductible (patient)" in example().adjudicate(example_request()).why("1", "en")
        True
        """
        return self.explain(lang, line=line_id)

    def _repr_html_(self) -> str:
        """The explanation, for notebooks."""
        return self.explain(format="html")

    def to_dict(self) -> dict[str, Any]:
        """The document as JSON has it: text for amounts, days and names; absent fields left out."""
        made: dict[str, Any] = self._handle.to_dict()
        return made

    def to_json(self) -> str:
        """The document's canonical JSON text, byte for byte the same in every language."""
        return self._handle.to_json()

    def __adjudica__(self) -> Any:
        return self._handle.to_dict()

    def _get(self, name: str) -> Any:
        data = self._data
        if name not in data:
            data[name] = self._handle.get(name)
        return data[name]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return Decision.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        amounts = self.totals.amounts
        lines = f"{len(self.lines)} line{'' if len(self.lines) == 1 else 's'}"
        return (
            f"<Decision on claim {self.claim!r}: {self.status}, "
            f"claimed {amounts.claimed}, payable {amounts.payable}, {lines}>"
        )


class Report(ReportFields):
    """What a check of a scheme found. Errors forbid use, warnings do not.

    >>> report = adjudica.check("{}")
    >>> report.ok, report.errors[0].code
    (False, 'field.missing')
    """

    __slots__ = ()

    @property
    def ok(self) -> bool:
        """No errors: the scheme can be compiled. There may be warnings."""
        return not self.errors
