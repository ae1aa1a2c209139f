"""What foreign programs write today, each with its own defaults, and what they read back from it."""
import base64
import os

import numpy as np

from readers import canonical


def values():
    """An array of every type that all of them have, by name."""
    generator = np.random.default_rng(7)
    shape = (7, 5)
    numbers = {
        kind + str(size): generator.integers(0, 100, shape).astype('%s%d' % (kind, size))
        for kind in 'iu'
        for size in (1, 2, 4, 8)
    }
    floats = {'f%d' % size: generator.normal(size=shape).astype('f%d' % size) for size in (2, 4, 8)}
    floats['f8'][0, :3] = np.nan, np.inf, -0.0
    floats['c16'] = floats['f8'] + 1j
    return {'bool': numbers['i1'] > 50, **numbers, **floats}


def more():
    """Types that NumPy has and GDAL has not."""
    record = np.zeros(6, [('id', '<i4'), ('x', '<f8')])
    record['id'] = np.arange(6)
    return {
        'moments': np.arange(6).astype('M8[ns]'),
        'durations': np.arange(6).astype('m8[s]'),
        'S4': np.array([b'a', b'', b'four'] * 2, 'S4'),
        'U4': np.array(['a', 'né', '\U0001f40d'] * 2, 'U4'),
        'record': record,
        'big': np.arange(6, dtype='>i4'),
        'scalar': np.array(1.5),
    }


def described(place, node, array, form='fixed'):
    """An array that was written, with the items that are in it."""
    items = np.asarray(array[...])
    path = os.path.join(place, node) if node else place
    return {'path': path, 'shape': items.shape, 'bytes': base64.b64encode(canonical(items, form)).decode()}


def zarr_3(folder):
    import zarr

    found = []
    for version in (2, 3):
        place = os.path.join(folder, 'format%d.zarr' % version)
        root = zarr.create_group(place, zarr_format=version)
        for name, data in {**values(), **more()}.items():
            found.append(described(place, name, root.create_array(name, data=data)))
        texts = np.array(['', 'né', 'x' * 300], dtype=object)
        strings = root.create_array('strings', shape=texts.shape, dtype=str)
        strings[...] = texts
        found.append(described(place, 'strings', strings, 'vlen'))
        saved = os.path.join(folder, 'saved%d.zarr' % version)
        zarr.save_array(saved, values()['f8'], zarr_format=version)
        found.append(described(saved, '', zarr.open_array(saved, mode='r')))
        zarr.consolidate_metadata(place, zarr_format=version)
    data = np.arange(10000, dtype='f4').reshape(100, 100)
    sharded = zarr.create_array(os.path.join(folder, 'sharded.zarr'), data=data, chunks=(10, 10), shards='auto')
    found.append(described(os.path.join(folder, 'sharded.zarr'), '', sharded))
    zipped = os.path.join(folder, 'zipped.zip')
    with zarr.storage.ZipStore(zipped, mode='w') as store:
        array = zarr.create_array(store, name='a', data=data)
        found.append(described(zipped, 'a', array))
    return found + xarray_and_dask(folder)


def xarray_and_dask(folder):
    """What they make of it; nothing where this Python has not got them."""
    found = []
    try:
        import dask.array
        import xarray
        import zarr
    except ImportError:
        return found
    time = np.datetime64('2020-01-01') + np.arange(4)
    coordinates = {'time': time, 'x': [1.5, 2.5]}
    data = xarray.Dataset({'t': (('time', 'x'), np.arange(8.0).reshape(4, 2))}, coordinates)
    place = os.path.join(folder, 'xarray.zarr')
    data.to_zarr(place)
    for name in ('t', 'time', 'x'):
        found.append(described(place, name, zarr.open_array(place, path=name, mode='r')))
    place = os.path.join(folder, 'dask.zarr')
    dask.array.arange(100, chunks=30).to_zarr(place)
    found.append(described(place, '', zarr.open_array(place, mode='r')))
    return found


def zarr_2(folder):
    import numcodecs
    import zarr

    place = os.path.join(folder, 'zarr2.zarr')
    root = zarr.open_group(place, mode='w')
    found = [
        described(place, name, root.create_dataset(name, data=data))
        for name, data in {**values(), **more()}.items()
    ]
    texts = np.array(['', 'né', 'x' * 300], dtype=object)
    strings = root.create_dataset('strings', data=texts, object_codec=numcodecs.VLenUTF8())
    found.append(described(place, 'strings', strings, 'vlen'))
    zarr.consolidate_metadata(place)
    zipped = os.path.join(folder, 'zarr2.zip')
    zarr.save_array(zipped, values()['f8'])
    found.append(described(zipped, '', zarr.open_array(zarr.ZipStore(zipped, mode='r'))))
    nested = os.path.join(folder, 'nested.zarr')
    array = zarr.array(values()['i4'], chunks=(2, 2), store=zarr.NestedDirectoryStore(nested))
    return [*found, described(nested, '', array)]


def gdal(folder):
    from osgeo import gdal, gdal_array

    found = []
    for format in ('ZARR_V2', 'ZARR_V3'):
        place = os.path.join(folder, 'gdal-%s.zarr' % format)
        data = gdal.GetDriverByName('Zarr').CreateMultiDimensional(place, [], ['FORMAT=' + format])
        root = data.GetRootGroup()
        dimensions = [root.CreateDimension(name, None, None, size) for name, size in (('y', 7), ('x', 5))]
        for name, items in values().items():
            if items.dtype.kind == 'b' or items.dtype == 'f2' or (items.dtype.kind == 'c' and format == 'ZARR_V3'):
                continue
            kind = gdal.ExtendedDataType.Create(gdal_array.NumericTypeCodeToGDALTypeCode(items.dtype.type))
            array = root.CreateMDArray('a_' + name, dimensions, kind)
            # Without it GDAL states null in format 3, which the format does not allow and nobody else reads.
            if format == 'ZARR_V3':
                array.SetNoDataValueDouble(0)
            array.Write(np.ascontiguousarray(items))
            found.append(described(os.path.join(place, 'a_' + name), '', items))
        del array, root, data
    return found


WRITERS = {'zarr-python 3': zarr_3, 'zarr-python 2': zarr_2, 'GDAL': gdal}
