"""Line server: counting stored chunks, bytes and nodes with zarr-python 2 and 3."""

import zarr

from server import serve

IS_3 = zarr.__version__.startswith("3")


def open_node(path, kind):
    if kind == "group":
        return {"nodes": lambda: {"count": count_nodes(path)}}
    return {
        "bytes": lambda: {"count": int(stored_bytes(zarr.open_array(path, mode="r")))},
        "chunks": lambda: {"count": int(zarr.open_array(path, mode="r").nchunks_initialized)},
    }


def stored_bytes(array):
    return array.nbytes_stored() if IS_3 else array.nbytes_stored


def count_nodes(path):
    group = zarr.open_group(path, mode="r")
    if IS_3:
        return 1 + len(group.members(max_depth=None))
    found = [1]

    def visit(_):
        found[0] += 1

    group.visitvalues(visit)
    return found[0]


serve({"version": zarr.__version__}, {}, open_node)
