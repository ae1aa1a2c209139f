"""Line server for GDAL's Zarr driver through its multidimensional API. Arguments: "default" or "tuned"."""

import sys

from osgeo import gdal

from server import serve

gdal.UseExceptions()
if sys.argv[1] == "tuned":
    gdal.SetConfigOption("GDAL_NUM_THREADS", "ALL_CPUS")
    gdal.SetConfigOption("GDAL_CACHEMAX", "1024")


def opened(path):
    dataset = gdal.OpenEx(path, gdal.OF_MULTIDIM_RASTER)
    group = dataset.GetRootGroup()
    return dataset, group.OpenMDArray(group.GetMDArrayNames()[0])


def open_array(path, _scratch, *_codec):
    # Kept open for the small reads. A whole array is opened anew, else GDAL would answer from its cache.
    dataset, array = opened(path)
    rows, columns = (dimension.GetSize() for dimension in array.GetDimensions())

    def fresh():
        dataset, array = opened(path)
        return array.ReadAsArray()

    return {
        "fresh": fresh,
        "row": lambda i: array.ReadAsArray([i, 0], [1, columns]),
        "column": lambda j: array.ReadAsArray([0, j], [rows, 1]),
        "window": lambda i, j: array.ReadAsArray([i, j], [100, 100]),
        "element": lambda i, j: array.ReadAsArray([i, j], [1, 1]),
        "nothing": lambda: dataset and None,
    }


serve({"version": gdal.__version__}, {}, open_array)
