"""Exceptions: what is wrong with an input, for programs (`code`, `path`) and people (`message`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_Fields = tuple[str, str, str, "str | None", "int | None", "int | None"]


class AdjudicaError(Exception):
    """Base of every exception of this package.

    A claim that the scheme does not pay is never an exception: it is a `Decision` with reasons.
    """

    code: str
    """Stable code in dotted words, such as `amount.grammar`."""
    message: str
    """One sentence, lower case, without full stop."""
    path: str
    """Where in the document, such as `claim.lines[0].quantity`; empty for the whole document."""
    help: str | None
    """What to write instead, where that can be told."""
    line: int | None
    """Line in the text, from 1, where the document was read from text."""
    column: int | None
    """Column in the text, from 1, where the document was read from text."""

    def __init__(
        self,
        code: str,
        message: str,
        path: str = "",
        help: str | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(code, message, path, help, line, column)
        self.code = code
        self.message = message
        self.path = path
        self.help = help
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = ""
        if self.line is not None and self.column is not None:
            place = f"line {self.line}, column {self.column}: "
        if self.path:
            place += f"{self.path}: "
        help = f"; {self.help}" if self.help else ""
        return f"{place}{self.message} [{self.code}]{help}"

    def to_dict(self) -> dict[str, Any]:
        """The error as a document: the same fields as in every other language."""
        fields = {
            "code": self.code,
            "message": self.message,
            "path": self.path,
            "help": self.help,
            "line": self.line,
            "column": self.column,
        }
        always = ("code", "message", "path")
        return {name: value for name, value in fields.items() if value is not None or name in always}

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, AdjudicaError):
            return NotImplemented
        return self.args == other.args

    def __hash__(self) -> int:
        return hash(self.args)


class RequestError(AdjudicaError):
    """A request (or another document, such as a decision read back) that cannot be read."""


class InvalidDocumentError(AdjudicaError):
    """A document with every error found, such as a file of messages that is not complete.

    Its own `code`, `path` and so on are those of the first error.
    """

    errors: tuple[AdjudicaError, ...]
    """Every error found, in document order; at least one."""

    def __init__(self, errors: Sequence[AdjudicaError]) -> None:
        first = errors[0]
        super().__init__(first.code, first.message, first.path, first.help, first.line, first.column)
        self.errors = tuple(errors)
        self.args = (self.errors,)

    @classmethod
    def _from_fields(cls, errors: Sequence[_Fields]) -> InvalidDocumentError:
        return cls([AdjudicaError(*fields) for fields in errors])

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)


class InvalidSchemeError(InvalidDocumentError):
    """A scheme that cannot be used."""


class InternalError(AdjudicaError):
    """A defect of the engine itself. Please report it; the rule set stays usable."""


# The names under which users import them, also in tracebacks.
for _class in (AdjudicaError, RequestError, InvalidDocumentError, InvalidSchemeError, InternalError):
    _class.__module__ = "adjudica"
del _class
