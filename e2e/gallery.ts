import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

async function put(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

interface ArrayOptions {
  shape: number[]
  chunks: number[]
  names?: string[]
  codecs?: unknown[]
  attributes?: string
}

const BYTES = { name: 'bytes', configuration: { endian: 'little' } }

function arrayDocument({ shape, chunks, names, codecs = [BYTES], attributes = '{}' }: ArrayOptions): string {
  const document = {
    zarr_format: 3,
    node_type: 'array',
    shape,
    data_type: 'float64',
    chunk_grid: { name: 'regular', configuration: { chunk_shape: chunks } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: 0,
    codecs,
    ...(names ? { dimension_names: names } : {}),
  }
  // The attributes are text, so that numbers stay as they are written.
  return `${JSON.stringify(document).slice(0, -1)},"attributes":${attributes}}`
}

const GROUP = '{"zarr_format":3,"node_type":"group","attributes":{"title":"Gallery"}}'

const ATTRIBUTES = `{
  "units": "K",
  "count": 12345678901234567890,
  "ratio": 1.50,
  "limit": Infinity,
  "homepage": "https://example.org/data?id=7",
  "plain": "http://example.org/",
  "name": "a\\u202eb",
  "nested": {"list": [1, 2.0, {"deep": "Temperature"}]}
}`

/**
 * A store of one of every kind: "maps/plane" (float64, 10 × 10 chunks of 2 × 3, the checkerboard of even cells stored,
 * chunk (0, 0) cut short), "maps/cube" of three dimensions, "maps/line" of 50 chunks, "attributes", "unknown" with a
 * codec that does not exist, "broken" with metadata that is no JSON, and an empty group.
 */
export async function writeGallery(path: string): Promise<void> {
  const at = (name: string): string => join(path, name)
  await put(at('zarr.json'), GROUP)
  await put(at('maps/zarr.json'), GROUP)
  await put(at('nothing/zarr.json'), GROUP)
  await put(at('maps/plane/zarr.json'), arrayDocument({ shape: [20, 30], chunks: [2, 3], names: ['y', 'x'] }))
  await put(
    at('maps/cube/zarr.json'),
    arrayDocument({ shape: [4, 6, 8], chunks: [2, 2, 2], names: ['t', 'y', 'x'] }),
  )
  await put(at('maps/line/zarr.json'), arrayDocument({ shape: [100], chunks: [2] }))
  await put(at('attributes/zarr.json'), arrayDocument({ shape: [2], chunks: [2], attributes: ATTRIBUTES }))
  await put(
    at('unknown/zarr.json'),
    arrayDocument({ shape: [2], chunks: [2], codecs: [BYTES, { name: 'jetraw' }] }),
  )
  await put(at('broken/zarr.json'), '{"zarr_format": 3, "node_type": "array", "shape": [1,}')
  for (let row = 0; row < 10; row++) {
    for (let column = row % 2; column < 10; column += 2) {
      const values = Float64Array.from({ length: 6 }, (_, i) => row * 100 + column * 10 + i)
      const bytes = new Uint8Array(values.buffer)
      const whole = row === 0 && column === 0 ? bytes.subarray(0, 20) : bytes
      await put(at(`maps/plane/c/${row}/${column}`), whole)
    }
  }
  for (const key of ['0/0/0', '0/1/2', '1/2/3']) await put(at(`maps/cube/c/${key}`), new Uint8Array(64))
  for (let i = 0; i < 50; i += 5) await put(at(`maps/line/c/${i}`), new Uint8Array(16))
}
