"""Many claims at once, and many threads at once."""

from __future__ import annotations

import concurrent.futures
import copy
import gc
import itertools
import json
import os
import pathlib
import threading
import time
from typing import Any

import adjudica
import pytest
from conftest import Form, example_request

# Seconds that threads share a rule set: short by default, long where asked for.
SECONDS = float(os.environ.get("ADJUDICA_THREAD_SECONDS", "5"))


def requests(count: int) -> list[dict[str, Any]]:
    made = []
    for number in range(count):
        request = example_request()
        request["claim"]["code"] = f"C{number}"
        request["claim"]["lines"][0]["quantity"] = str(1 + number % 7)
        made.append(request)
    return made


def test_one_bad_claim_fails_alone(rules: adjudica.RuleSet, form: Form) -> None:
    batch = requests(300)
    del batch[7]["patient"]
    decided = rules.adjudicate_many([form(request) for request in batch], threads=4)
    assert len(decided) == 300
    for number, answer in enumerate(decided):
        if number == 7:
            assert isinstance(answer, adjudica.RequestError)
            assert answer.code == "field.missing"
        else:
            assert answer == rules.adjudicate(batch[number])


def test_any_iterable_and_progress(rules: adjudica.RuleSet) -> None:
    batch = requests(10)
    seen: list[int] = []
    many = itertools.chain.from_iterable(itertools.repeat(batch, 900))
    decided = rules.adjudicate_many(many, progress=seen.append, digest=False)
    assert len(decided) == 9000
    assert seen == [4096, 8192, 9000]
    assert decided[:10] == decided[-10:]
    assert rules.adjudicate_many([]) == []
    assert rules.adjudicate_many(iter(()), progress=seen.append) == []
    assert len(seen) == 3


def test_what_progress_or_the_iterable_raises(rules: adjudica.RuleSet) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rules.adjudicate_many(requests(3), progress=stop)

    def broken() -> Any:
        yield example_request()
        raise OSError("source")

    with pytest.raises(OSError, match="source"):
        rules.adjudicate_many(broken())
    with pytest.raises(TypeError):
        rules.adjudicate_many(5)  # type: ignore[arg-type]
    for threads in (0, -1):
        with pytest.raises(ValueError, match="number of threads"):
            rules.adjudicate_many([], threads=threads)
        with pytest.raises(ValueError, match="number of threads"):
            rules.adjudicate_ndjson(b"", threads=threads)


def test_lines_of_a_file(rules: adjudica.RuleSet) -> None:
    one = json.dumps(example_request())
    decision = rules.adjudicate(one).to_json()
    text = f"{one}\r\n\n  \nnonsense\n".encode() + b"\xff\n" + one.encode()
    lines = rules.adjudicate_ndjson(text).decode().splitlines()
    assert lines[0] == lines[3] == decision
    assert [json.loads(line)["error"]["code"] for line in lines[1:3]] == ["syntax", "text.utf8"]
    assert [json.loads(line)["error"]["line"] for line in lines[1:3]] == [4, 5]
    assert rules.adjudicate_ndjson(b"") == b""
    many = ((one + "\n") * 500).encode()
    assert rules.adjudicate_ndjson(many, threads=3) == (decision + "\n").encode() * 500
    with pytest.raises(TypeError):
        rules.adjudicate_ndjson(one)  # type: ignore[arg-type]


def test_computing_lets_other_threads_run(rules: adjudica.RuleSet) -> None:
    text = ((json.dumps(example_request()) + "\n") * 5_000).encode()
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.0005)

    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks
    rules.adjudicate_ndjson(text, threads=1)
    while_computing = ticks - before
    done.set()
    thread.join()
    assert while_computing > 20


def resident_kilobytes() -> int:
    for line in pathlib.Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no VmRSS")


def test_eight_threads_share_a_rule_set(rules: adjudica.RuleSet) -> None:
    """They give what one alone gives, and memory stays flat."""
    batch = requests(64)
    batch[5]["patient"] = {}
    texts = [json.dumps(request) for request in batch]

    def answers(one: int) -> str:
        try:
            if one % 2:
                return rules.adjudicate(batch[one], trace="full").to_json()
            return rules.adjudicate(texts[one], trace="full").to_json()
        except adjudica.RequestError as error:
            return error.code

    expected = [answers(one) for one in range(64)]
    expected_many = [str(answer) for answer in rules.adjudicate_many(batch)]
    memory: list[int] = []
    start = time.monotonic()

    def work(worker: int) -> int:
        rounds = 0
        while rounds == 0 or time.monotonic() < start + SECONDS:
            for one in range(64):
                assert answers(one) == expected[one]
            own = copy.deepcopy(batch) if worker == 0 else batch
            assert [str(answer) for answer in rules.adjudicate_many(own, threads=2)] == expected_many
            rounds += 1
            if worker == 0:
                gc.collect()
                memory.append(resident_kilobytes())
        return rounds

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        rounds = list(pool.map(work, range(8)))
    assert min(rounds) > 0
    assert max(memory) < memory[0] * 1.1 + 8192, (memory[0], max(memory))
