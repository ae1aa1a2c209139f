"""What foreign readers find in a store: shape and items as bytes, so that every bit can be compared."""
import base64
import json
import struct

import numpy as np


def zarr_store(zarr, place, version):
    """What zarr-python opens. Format 1 goes through its own migration to format 2, on a copy in memory."""
    if zarr.__version__.startswith('3'):
        zarr.config.set({'array.rectilinear_chunks': True})
        return zarr.storage.ZipStore(place, mode='r') if place.endswith('.zip') else place
    if version == 1:
        return migrated(zarr, place)
    if version != 2:
        raise ValueError('zarr-python 2 knows no format 3')
    return zarr.ZipStore(place, mode='r') if place.endswith('.zip') else zarr.DirectoryStore(place)


def zarr_array(place, node, version):
    import zarr

    format = {'zarr_format': version} if zarr.__version__.startswith('3') else {}
    return zarr.open_array(zarr_store(zarr, place, version), path=node, mode='r', **format)


def zarr_tree(place, node, version, consolidated):
    """Paths of all nodes, and the array among them, by way of its groups."""
    import zarr

    store = zarr_store(zarr, place, version)
    if zarr.__version__.startswith('3'):
        root = zarr.open_group(store, mode='r', zarr_format=version, use_consolidated=consolidated)
        paths = [path for path, _ in root.members(max_depth=None)]
    else:
        root = zarr.open_consolidated(store, mode='r') if consolidated else zarr.open_group(store, mode='r')
        paths = []
        root.visit(paths.append)
    return root[node], sorted(paths)


def migrated(zarr, place):
    """The releases of format 1 laid chunks out in C order unless they were compressed by Blosc; its migration forgets that."""
    directory = zarr.DirectoryStore(place)
    store = {key: directory[key] for key in directory}
    meta = json.loads(store['meta'])
    changes = {} if meta['compression'] == 'blosc' else {'order': 'C'}
    if isinstance(meta['dtype'], str) and meta['dtype'][1] in 'mM':
        # It fails on the fill value of moments, which formats 1 and 2 write alike.
        changes['fill_value'] = meta['fill_value']
        store['meta'] = json.dumps({**meta, 'fill_value': None}).encode()
    zarr.storage.migrate_1to2(store)
    store['.zarray'] = json.dumps({**json.loads(store['.zarray']), **changes}).encode()
    return store


def gdal_root(place):
    """The root by GDAL's multidimensional interface."""
    from osgeo import gdal

    # The data set must live as long as what is in it.
    gdal.SetConfigOption('ZARR_VLEN_STRING_MAX_LENGTH', '4096')
    file = '/vsizip/' + place if place.endswith('.zip') else place
    gdal_root.data = gdal.OpenEx('ZARR:"%s"' % file, gdal.OF_MULTIDIM_RASTER)
    return gdal_root.data.GetRootGroup()


def gdal_tree(group, path=''):
    """Paths of all nodes below a group."""
    paths = [path + name for name in group.GetMDArrayNames() or []]
    for name in group.GetGroupNames() or []:
        paths += [path + name, *gdal_tree(group.OpenGroup(name), path + name + '/')]
    return paths


def item(value, form):
    """One item of varying length."""
    if form == 'json':
        return json.dumps(value, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode()
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, np.ndarray):
        return value.astype(value.dtype.newbyteorder('<')).tobytes()
    return bytes(value)


def canonical(array, form):
    """C order, little-endian, packed; items of varying length behind their u32 byte length."""
    if form != 'fixed':
        items = [item(value, form) for value in array.astype(object).ravel()]
        return b''.join(struct.pack('<I', len(part)) + part for part in items)
    return np.ascontiguousarray(array.astype(array.dtype.newbyteorder('<'))).tobytes()


def zarr_found(place, node, version, dtype, form, hierarchy):
    if hierarchy:
        array, tree = zarr_tree(place, node, version, hierarchy == 'consolidated')
    else:
        array, tree = zarr_array(place, node, version), None
    items = array[...]
    if array.shape == ():
        # A bare item has lost its type.
        items = np.array(items[()] if isinstance(items, np.ndarray) else items, object if form != 'fixed' else array.dtype)
    attributes = dict(array.attrs)
    names = attributes.pop('_ARRAY_DIMENSIONS', None) if version == 2 else getattr(array.metadata, 'dimension_names', None) if version == 3 else None
    return items, attributes, names, tree


def gdal_found(place, node, version, dtype, form, hierarchy):
    """GDAL has no booleans, moments or floats of two bytes in Python; it gives what they are stored as or fit into."""
    from osgeo import gdal

    root = gdal_root(place)
    array = root.OpenMDArrayFromFullname('/' + node)
    dimensions = array.GetDimensions()
    names = [dimension.GetName() for dimension in dimensions]
    if array.GetDataType().GetClass() == gdal.GEDTC_STRING:
        items = np.empty([dimension.GetSize() for dimension in dimensions], object)
        items.ravel()[:] = array.Read()
    else:
        items = array.ReadAsArray()
    if form == 'fixed':
        wanted = np.dtype([tuple(field) for field in json.loads(dtype)] if dtype.startswith('[') else dtype)
        if items.dtype == object:
            encoded = [value.encode() if isinstance(value, str) and wanted.kind == 'S' else value for value in items.ravel()]
            items = np.array(encoded, wanted).reshape(items.shape)
        else:
            items = items.astype('<i8').view(wanted.newbyteorder('<')) if wanted.kind in 'mM' else items.astype(wanted)
    return items, None, names, sorted(gdal_tree(root)) if hierarchy else None


def found(reader, place, node, version, dtype, form, hierarchy):
    """What a reader of this Python finds in an array."""
    read = gdal_found if reader == 'GDAL' else zarr_found
    items, attributes, names, tree = read(place, node, version, dtype, form, hierarchy)
    return {
        'shape': items.shape,
        'bytes': base64.b64encode(canonical(items, form)).decode(),
        'attributes': attributes and json.dumps(attributes, sort_keys=True, separators=(',', ':'), ensure_ascii=False),
        'dimensions': names,
        'tree': tree,
    }
