"""Line server for numcodecs' own codecs on one thread: "open RAW ENCODED CODEC", then decode and encode."""

import json
import statistics
import time

import numcodecs
import numpy

from server import serve

numcodecs.blosc.use_threads = False
BUDGET_SECONDS = 0.06


def typical(function):
    """Median milliseconds of some repetitions."""
    function()
    times = []
    end = time.perf_counter() + BUDGET_SECONDS
    while len(times) < 3 or (time.perf_counter() < end and len(times) < 15):
        start = time.perf_counter()
        function()
        times.append((time.perf_counter() - start) * 1e3)
    return {"ms": statistics.median(times)}


def open_chunk(raw_path, encoded_path, config):
    codec = numcodecs.get_codec(json.loads(config))
    raw = numpy.fromfile(raw_path, "i4")
    with open(encoded_path, "rb") as file:
        encoded = file.read()
    out = numpy.empty_like(raw)
    return {
        "bytes": lambda: numpy.frombuffer(codec.decode(encoded), "u1"),
        "round trip": lambda: numpy.frombuffer(codec.decode(bytes(codec.encode(raw))), "u1"),
        "decode": lambda: typical(lambda: codec.decode(encoded, out)),
        "encode": lambda: typical(lambda: codec.encode(raw)),
        "size": lambda: {"size": len(bytes(codec.encode(raw)))},
    }


serve({"version": numcodecs.__version__}, {}, open_chunk)
