"""Stored bytes of the tutorial's arrays as zarr-python packs their chunks today, in the order in which the page shows them."""
import numpy as np
from numcodecs import Blosc

BLOSCLZ = Blosc('blosclz', 5, Blosc.SHUFFLE)


def chunks(array, rows, columns, order='C'):
    for row in range(0, array.shape[0], rows):
        for column in range(0, array.shape[1], columns):
            yield np.array(array[row : row + rows, column : column + columns], order=order)


def packed(parts, codec=BLOSCLZ):
    return sum(len(codec.encode(part)) for part in parts)


def figures():
    """Bytes of items and bytes of chunks."""
    constant = packed([np.full((1000, 1000), 42, 'i4')])
    yield 400_000_000, 100 * constant
    lines = np.full((10000, 10000), 42, 'i4')
    lines[0, :] = lines[:, 0] = np.arange(10000)
    yield 400_000_000, packed(chunks(lines, 1000, 1000))
    yield 1_600_000_000, 100 * packed([np.full((1000, 1000), 42, 'f8')])
    once = packed(chunks(np.arange(10_000_000, dtype='i4').reshape(10000, 1000), 1000, 100))
    for times in (1, 2, 4):
        yield times * 40_000_000, times * once
    numbers = np.arange(100_000_000, dtype='i4').reshape(10000, 10000)
    yield 400_000_000, packed(chunks(numbers, 1000, 1000), Blosc('lz4', 3, Blosc.BITSHUFFLE))
    yield 400_000_000, packed(chunks(numbers.T, 1000, 1000))
    yield 400_000_000, packed(chunks(numbers.T, 1000, 1000, 'F'))
