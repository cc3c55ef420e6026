"""What the generated records have in common: plain data inside, Python types on access."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R", bound="Record")


class Name(str, Enum):
    """One of a fixed set of names. It is also a `str`: `Status.VALUATED == "valuated"`."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Record:
    """A part of a document. It never changes; its attributes are converted when they are asked for.

    Equal records hold equal data. `to_dict()` gives the data as JSON has it.
    """

    __slots__ = ("_data", "_memo")

    _data: Any
    _memo: dict[str, Any]

    def __init__(self, data: Any) -> None:
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "_memo", {})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} objects never change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} objects never change")

    def to_dict(self) -> Any:
        """The data as JSON has it: text for amounts, days and names; absent fields left out."""
        return copy.deepcopy(self._data)

    def __adjudica__(self) -> Any:
        """What the engine reads where a record is passed as part of a request."""
        return self._data

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other) or not isinstance(other, Record):
            return NotImplemented
        return bool(self._data == other._data)

    def __hash__(self) -> int:
        return hash(json.dumps(self._data, sort_keys=True))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._data,)

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={_shown(value)}" for name, value in self._data.items())
        return f"{type(self).__name__}({shown})"

    def _get(self, name: str) -> Any:
        return self._data.get(name)

    def _optional(self, name: str, convert: Callable[[Any], T]) -> T | None:
        value = self._get(name)
        return None if value is None else convert(value)

    def _record(self, name: str, kind: type[R]) -> R:
        return self._once(name, lambda data: kind({} if data is None else data))

    def _record_or_none(self, name: str, kind: type[R]) -> R | None:
        return self._once(name, lambda data: None if data is None else kind(data))

    def _records(self, name: str, kind: type[R]) -> tuple[R, ...]:
        return self._once(name, lambda data: tuple(kind(item) for item in data or ()))

    def _mapping(self, name: str) -> Mapping[str, str]:
        return MappingProxyType(self._get(name) or {})

    def _once(self, name: str, convert: Callable[[Any], T]) -> T:
        memo = self._memo
        if name not in memo:
            memo[name] = convert(self._get(name))
        made: T = memo[name]
        return made


class Choice(Record):
    """One of several forms; exactly one attribute is set."""

    __slots__ = ()

    def _get(self, name: str) -> Any:
        if isinstance(self._data, str):
            return True if self._data == name else None
        return self._data.get(name)

    def __repr__(self) -> str:
        if isinstance(self._data, str):
            return f"{type(self).__name__}({self._data})"
        return super().__repr__()


def _shown(data: object) -> str:
    """Text without quotes, so that records read easily."""
    if isinstance(data, dict):
        fields = cast("dict[str, object]", data)
        return "{" + ", ".join(f"{name}: {_shown(value)}" for name, value in fields.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_shown, cast("list[object]", data))) + "]"
    return str(data)
