import { expect, test } from 'vitest'
import type { ItemValue } from '../dtype/data-type'
import { dataType } from '../dtype/registry'
import type { DataTypeSpec } from '../dtype/spec'
import { NAT } from '../dtype/time'
import { numpyLiteral } from './numpy-literal'

const INT8: DataTypeSpec = { kind: 'int', bits: 8 }
const FLOAT: DataTypeSpec = { kind: 'float', format: 'float32' }
const RECORD: DataTypeSpec = {
  kind: 'struct',
  fields: [
    { name: 'x', type: FLOAT },
    { name: 'tag', type: { kind: 'text', length: 3 } },
    { name: 'box', type: { kind: 'subarray', item: INT8, shape: [2, 2] } },
  ],
}

// Every text on the right was run through NumPy 2 and gave the values on the left.
test.each<[DataTypeSpec, ItemValue[], number[], string]>([
  [INT8, [1, -2], [2], "np.array([1, -2], dtype='int8')"],
  [INT8, [1, 2, 3, 4], [2, 2], "np.array([[1, 2],\n          [3, 4]], dtype='int8')"],
  [INT8, [7], [], "np.array(7, dtype='int8')"],
  [{ kind: 'int', bits: 4 }, [7], [1], "np.array([7], dtype='int8')  # int4"],
  [{ kind: 'uint', bits: 64 }, [2n ** 64n - 1n], [1], "np.array([18446744073709551615], dtype='uint64')"],
  [
    FLOAT,
    [Math.fround(0.1), NaN, -Infinity, -0],
    [4],
    "np.array([0.1, np.nan, -np.inf, -0.0], dtype='float32')",
  ],
  [{ kind: 'float', format: 'bfloat16' }, [1.5], [1], "np.array([1.5], dtype='float32')  # bfloat16"],
  [
    { kind: 'complex', part: 'float64' },
    [
      [1, -2.5],
      [NaN, Infinity],
    ],
    [2],
    "np.array([complex(1.0, -2.5), complex(np.nan, np.inf)], dtype='complex128')",
  ],
  [{ kind: 'bool' }, [true, false], [2], "np.array([True, False], dtype='bool')"],
  [
    { kind: 'datetime', unit: 'D', scale: 1 },
    [11356n, NAT],
    [2],
    "np.array(['2001-02-03', 'NaT'], dtype='datetime64[D]')",
  ],
  [
    { kind: 'timedelta', unit: 's', scale: 1 },
    [5n, NAT],
    [2],
    "np.array([5, 'NaT'], dtype='timedelta64[s]')",
  ],
  [{ kind: 'text', length: 4 }, ["it's", 'a\t"'], [2], `np.array(["it's", 'a\\t"'], dtype='<U4')`],
  [{ kind: 'vlen-text' }, ['ä\n'], [1], "np.array(['ä\\n'], dtype=np.dtypes.StringDType())"],
  [{ kind: 'bytes', length: 2 }, [Uint8Array.of(97, 255)], [1], "np.array([b'a\\xff'], dtype='|S2')"],
  [{ kind: 'raw', length: 2 }, [Uint8Array.of(1, 255)], [1], "np.array([b'\\x01\\xFF'], dtype='|V2')"],
  [{ kind: 'vlen-bytes' }, [Uint8Array.of(97), Uint8Array.of()], [2], "np.array([b'a', b''], dtype=object)"],
  [
    { kind: 'vlen-array', item: INT8 },
    [
      [1, 2],
      [3, 4],
    ],
    [2],
    'np.fromiter([[1, 2], [3, 4]], dtype=object, count=2).reshape((2,))',
  ],
  [
    RECORD,
    [
      {
        x: 1.5,
        tag: 'ab',
        box: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [1],
    "np.array([(1.5, 'ab', [[1, 2], [3, 4]])], dtype=np.dtype([('x', '<f4'), ('tag', '<U3'), ('box', '|i1', (2, 2))]))",
  ],
])('case %#', (spec, items, shape, text) => {
  expect(numpyLiteral(dataType(spec), items, shape)).toBe(text)
})
