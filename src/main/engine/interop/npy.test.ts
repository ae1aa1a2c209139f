import { describe, expect, test } from 'vitest'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { npyHeader } from './npy'

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

/** Headers as `numpy.lib.format` 2.4 writes them. */
const RECORDED: [DataTypeSpec, number[], string][] = [
  [{ kind: 'int', bits: 32 }, [3, 4], "{'descr': '<i4', 'fortran_order': False, 'shape': (3, 4), }"],
  [{ kind: 'bool' }, [], "{'descr': '|b1', 'fortran_order': False, 'shape': (), }"],
  [{ kind: 'float', format: 'float16' }, [7], "{'descr': '<f2', 'fortran_order': False, 'shape': (7,), }"],
  [{ kind: 'complex', part: 'float64' }, [1], "{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }"],
  [
    { kind: 'datetime', unit: 'ns', scale: 25 },
    [2],
    "{'descr': '<M8[25ns]', 'fortran_order': False, 'shape': (2,), }",
  ],
  [{ kind: 'text', length: 5 }, [2], "{'descr': '<U5', 'fortran_order': False, 'shape': (2,), }"],
  [
    {
      kind: 'struct',
      fields: [
        { name: 'x', type: { kind: 'int', bits: 16 } },
        { name: 'z', type: { kind: 'subarray', item: { kind: 'float', format: 'float32' }, shape: [2, 2] } },
      ],
    },
    [2],
    "{'descr': [('x', '<i2'), ('z', '<f4', (2, 2))], 'fortran_order': False, 'shape': (2,), }",
  ],
]

describe('npyHeader', () => {
  test.each(RECORDED)('writes what NumPy writes: %j %j', (spec, shape, dict) => {
    const header = npyHeader(spec, shape)
    expect(text(header.subarray(0, 8))).toBe('\x93NUMPY\x01\x00')
    expect(header.length % 64).toBe(0)
    expect(new DataView(header.buffer).getUint16(8, true)).toBe(header.length - 10)
    expect(text(header.subarray(10))).toBe(dict.padEnd(header.length - 11) + '\n')
  })

  test('names fields beyond Latin-1 in version 3', () => {
    const header = npyHeader({ kind: 'struct', fields: [{ name: '温度', type: { kind: 'bool' } }] }, [1])
    expect(header[6]).toBe(3)
    expect(Buffer.from(header.subarray(12)).toString('utf8')).toContain("('温度', '|b1')")
  })

  test.each<DataTypeSpec>([
    { kind: 'vlen-text' },
    { kind: 'object' },
    { kind: 'float', format: 'bfloat16' },
    { kind: 'complex', part: 'float16' },
  ])('refuses what an .npy file cannot hold: %j', (spec) => {
    expect(() => npyHeader(spec, [1])).toThrow(/\.npy/)
  })
})
