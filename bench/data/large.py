"""Makes the large arrays of which little is stored. Argument: the folder to make.

`table` is 1,000,000 x 3,000 float32 in chunks of 1000 x 300, whose first 10,000 rows are stored; `terabyte` is
500,000 x 500,000 float32 in chunks of 1000 x 1000, of which 100 are stored.
"""

import os
import shutil
import sys

import numcodecs
import numpy
import zarr

folder = sys.argv[1]
part = folder + ".part"
shutil.rmtree(part, ignore_errors=True)
os.makedirs(part)


def create(name, shape, chunks):
    options = dict(shape=shape, chunks=chunks, dtype="f4")
    codec = numcodecs.Blosc("lz4", 5, 1)
    if zarr.__version__.startswith("3"):
        return zarr.create_array(f"{part}/{name}", zarr_format=2, compressors=codec, **options)
    return zarr.open(f"{part}/{name}", mode="w", compressor=codec, **options)


random = numpy.random.default_rng(5)
table = create("table", (1_000_000, 3_000), (1000, 300))
for row in range(0, 10_000, 1000):
    table[row : row + 1000] = 280 + random.standard_normal((1000, 3_000), dtype="f4")
terabyte = create("terabyte", (500_000, 500_000), (1000, 1000))
block = random.standard_normal((1000, 1000), dtype="f4")
for i in range(100):
    row, column = 4999 * i // 1000 * 1000, 4999 * (99 - i) // 1000 * 1000
    terabyte[row : row + 1000, column : column + 1000] = block
os.rename(part, folder)
