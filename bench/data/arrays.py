"""Makes the 400 MB arrays of the reads and writes. Argument: a JSON list of { data, compressor, path }.

Each array gets a file beside it with the CRC-32 of its items, which every engine's answers are checked against.
"""

import json
import os
import shutil
import sys
import zlib

import numcodecs
import numpy
import zarr

SHAPE, CHUNKS = (10_000, 10_000), (1000, 1000)


def arange():
    return numpy.arange(SHAPE[0] * SHAPE[1], dtype="i4").reshape(SHAPE)


def noisy():
    y = (numpy.arange(SHAPE[0], dtype="f4") / 1000)[:, None]
    x = (numpy.arange(SHAPE[1], dtype="f4") / 1000)[None, :]
    field = (280 + 15 * numpy.cos(4 * y) * numpy.sin(6 * x)).astype("f4")
    field += numpy.random.default_rng(3).standard_normal(SHAPE, dtype="f4") * numpy.float32(0.05)
    return field


def constant():
    items = numpy.full(SHAPE, 42, "i4")
    items[0] = numpy.arange(SHAPE[1])
    items[:, 0] = numpy.arange(SHAPE[0])
    return items


def create(path, dtype, compressor):
    options = dict(shape=SHAPE, chunks=CHUNKS, dtype=dtype)
    if zarr.__version__.startswith("3"):
        return zarr.create_array(path, zarr_format=2, compressors=compressor, **options)
    return zarr.open(path, mode="w", compressor=compressor, **options)


makers = {"arange": arange, "noisy": noisy, "constant": constant}
wanted = json.loads(sys.argv[1])
for name in sorted({item["data"] for item in wanted}):
    items = makers[name]()
    crc = zlib.crc32(items.data.cast("B"))
    for item in wanted:
        if item["data"] != name:
            continue
        codec = item["compressor"] and numcodecs.get_codec(dict(item["compressor"]))
        part = item["path"] + ".part"
        shutil.rmtree(part, ignore_errors=True)
        create(part, items.dtype, codec)[:] = items
        # Whole or not at all: an interrupted run leaves only what is named .part.
        with open(item["path"] + ".json", "w") as file:
            json.dump({"crc": crc}, file)
        os.rename(part, item["path"])
        print(item["path"], flush=True)
