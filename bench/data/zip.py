"""Makes a zip of SIDE x SIDE stored chunks of 100 bytes. Arguments: its path, SIDE."""

import json
import os
import sys
import zipfile

path, side = sys.argv[1], int(sys.argv[2])
document = {
    "zarr_format": 2,
    "shape": [side * 10, side * 10],
    "chunks": [10, 10],
    "dtype": "|u1",
    "compressor": None,
    "fill_value": 0,
    "order": "C",
    "filters": None,
}
chunk = bytes([7]) * 100
with zipfile.ZipFile(path + ".part", "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
    archive.writestr(".zarray", json.dumps(document))
    for row in range(side):
        for column in range(side):
            archive.writestr(f"{row}.{column}", chunk)
os.rename(path + ".part", path)
