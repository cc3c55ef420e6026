"""The generated types are those of the engine's schemas."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import adjudica
from adjudica import model, documents

GENERATE = pathlib.Path(__file__).parent.parent / "tools" / "generate.py"


def test_generated_files_are_fresh() -> None:
    """As checked in, and as installed."""
    done = subprocess.run([sys.executable, str(GENERATE), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for module in (model, documents):
        assert module.__file__ is not None
        installed = pathlib.Path(module.__file__)
        checked_in = GENERATE.parent.parent / "python" / "adjudica" / installed.name
        assert installed.read_text() == checked_in.read_text()


def test_every_field_of_a_decision_is_an_attribute() -> None:
    schema = adjudica.schema("decision")
    for name, part in {**schema["$defs"], "Decision": schema}.items():
        if "properties" in part:
            kind = getattr(adjudica, name.removesuffix("Document"))
            for field in part["properties"]:
                assert isinstance(getattr(kind, field), property), (name, field)
                assert getattr(kind, field).__doc__, (name, field)


def test_enums_are_those_of_the_schemas() -> None:
    parts = adjudica.schema("decision")["$defs"]
    assert {one.value for one in adjudica.Status} == {one["const"] for one in parts["Status"]["oneOf"]}
    assert {one.value for one in adjudica.CarcGroup} == {"PR", "CO", "OA"}
