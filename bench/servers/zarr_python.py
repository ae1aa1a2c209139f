"""Line server for zarr-python 2 and 3. Arguments: "default" or "tuned" (its documented settings for speed)."""

import os
import sys

import numcodecs
import numpy
import zarr

from server import serve

IS_3 = zarr.__version__.startswith("3")
CORES = os.cpu_count() or 1


def tune():
    """What the documentation offers: Blosc's threads, and in zarr-python 3 the codecs' threads and concurrent reads."""
    numcodecs.blosc.set_nthreads(CORES)
    if IS_3:
        zarr.config.set({"async.concurrency": 4 * CORES, "threading.max_workers": CORES})
        numcodecs.blosc.use_threads = False
    else:
        numcodecs.blosc.use_threads = True


def open_array(path, scratch, *_codec):
    z = zarr.open_array(path, mode="r")
    rows, columns = z.shape
    state = {}

    def reused():
        if "out" not in state:
            items = numpy.ones(z.shape, z.dtype)
            state["items"] = items
            state["out"] = wrapped(items)
        z.get_basic_selection(slice(None), out=state["out"])
        return state["items"]

    def write():
        if "source" not in state:
            state["source"] = z[:]
            state["target"] = zarr.open_array(scratch, mode="r+")
        state["target"][:] = state["source"]

    return {
        "fresh": lambda: z[:],
        "reused": reused,
        "write": write,
        "row": lambda i: z[i, :],
        "column": lambda j: z[:, j],
        "window": lambda i, j: z[i : i + 100, j : j + 100],
        "element": lambda i, j: numpy.asarray(z[i, j]),
        "nothing": lambda: None,
        "bytes": lambda: {"count": int(z.nbytes_stored() if IS_3 else z.nbytes_stored)},
        "chunks": lambda: {"count": int(z.nchunks_initialized)},
    }


def wrapped(items):
    """A NumPy array as zarr-python takes it for `out`."""
    if not IS_3:
        return items
    from zarr.core.buffer.cpu import NDBuffer

    return NDBuffer.from_numpy_array(items)


if sys.argv[1] == "tuned":
    tune()
serve({"version": zarr.__version__, "numcodecs": numcodecs.__version__, "numpy": numpy.__version__}, {}, open_array)
