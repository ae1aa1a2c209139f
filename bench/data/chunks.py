"""Makes one chunk of 4 MB per data set and its encoded forms. Argument: the folder to make.

items.json there lists them as { file, data, name, codec, encoded }; NAME.raw is the chunk as it is in memory.
"""

import json
import os
import shutil
import sys

import numcodecs
import numpy
from numcodecs import BZ2, LZ4, Blosc, Zlib, Zstd

folder = sys.argv[1]
part = folder + ".part"
shutil.rmtree(part, ignore_errors=True)
os.makedirs(part)
numcodecs.blosc.use_threads = False
random = numpy.random.default_rng(7)

row, column = numpy.arange(1000, dtype="i4")[:, None], numpy.arange(1000, dtype="i4")[None, :]
y, x = row / 1000, column / 1000
field = 280 + 15 * numpy.sin(6 * x) * numpy.cos(4 * y) + 3 * numpy.sin(40 * x * y)
constant = numpy.full((1000, 1000), 42, "i4")
constant[random.integers(0, 1000, 2000), random.integers(0, 1000, 2000)] = random.integers(0, 9999, 2000)
CHUNKS = {
    "arange": ((5000 + row) * 10000 + 5000 + column).astype("i4"),
    "noisy": (field + random.normal(0, 0.05, (1000, 1000))).astype("f4"),
    "constant": constant,
}
CODECS = [
    *(Blosc(cname, 5, shuffle) for cname in ("blosclz", "lz4", "zstd", "zlib") for shuffle in (0, 1, 2)),
    Blosc("lz4hc", 5, 1),
    Zlib(1),
    Zstd(1),
    Zstd(5),
    LZ4(1),
    BZ2(1),
]


def name_of(config):
    if config["id"] == "blosc":
        return f"blosc {config['cname']}-{config['clevel']}-{config['shuffle']}"
    level = config.get("level", config.get("acceleration"))
    return f"{config['id']} {level}"


items = []
for data, chunk in CHUNKS.items():
    chunk.tofile(f"{part}/{data}.raw")
    for codec in CODECS:
        config = {key: value for key, value in codec.get_config().items() if key != "typesize"}
        encoded = bytes(codec.encode(chunk))
        file = f"{data}-{name_of(config)}".replace(" ", "-")
        with open(f"{part}/{file}", "wb") as out:
            out.write(encoded)
        items.append({"file": file, "data": data, "name": name_of(config), "codec": config, "encoded": len(encoded)})
with open(f"{part}/items.json", "w") as out:
    json.dump(items, out)
os.rename(part, folder)
