"""The loop of the Python line servers; bench/lib/line-server.js describes the protocol."""

import json
import resource
import sys
import time
import zlib


def say(answer):
    print(json.dumps(answer), flush=True)


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def crc(array):
    """Of an array's items in C order, little endian."""
    import numpy

    return zlib.crc32(numpy.ascontiguousarray(array).data.cast("B"))


def number_or_word(word):
    return int(word) if word.lstrip("-").isdigit() else word


def with_nearby(operations):
    """Adds: elements of one chunk, one after the other, as somebody looks around in it; an engine may keep the chunk."""
    element = operations.get("element")
    if element is None:
        return operations

    def nearby(count):
        for k in range(count):
            element(k * 37 % 1000, k * 91 % 1000)

    return {**operations, "nearby": nearby}


def serve(hello, operations, open_array=None):
    """`operations` maps a name to a function of the places; it may change whenever an array is opened."""
    say(hello)
    for line in sys.stdin:
        command, *words = line.rstrip("\n").split("\t")
        try:
            if command == "open":
                operations = with_nearby(open_array(*words))
                say({"ok": True})
                continue
            operation = operations.get(words[0])
            if operation is None:
                say({"absent": words[0]})
                continue
            places = [number_or_word(word) for word in words[1:]]
            if command == "check":
                say({"crc": crc(operation(*places))})
                continue
            cpu, start = cpu_seconds(), time.perf_counter()
            result = operation(*places)
            ms = (time.perf_counter() - start) * 1e3
            answer = {"ms": ms, "cpu": (cpu_seconds() - cpu) * 1e3}
            # What an operation reports itself (counts, sizes) goes along.
            if isinstance(result, dict):
                answer.update(result)
            del result
            say(answer)
        except Exception as error:  # an engine's failure is a result of the comparison
            say({"error": f"{type(error).__name__}: {error}"[:300]})
