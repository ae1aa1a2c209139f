/** docs/formats.md, made from the registries; `npm run docs` writes it, a test keeps it current. */
import { dataType } from '@shared/dtype/registry'
import { FLOAT_FORMATS } from '@shared/dtype/float-format'
import { numpyDescr } from '@shared/dtype/numpy-name'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { v3DataType } from '@shared/dtype/v3-dtype'
import { stringifyJson } from '@shared/json/stringify'
import type { CodecDefinition } from '@engine/codecs/codec'
import { CODECS, REFUSED_CODECS } from '@engine/codecs/table'
import { CLAIMS, READERS, type Claim, type Group } from './interop/claims'

const FIXED: DataTypeSpec[] = [
  { kind: 'bool' },
  ...([2, 4, 8, 16, 32, 64] as const).map((bits): DataTypeSpec => ({ kind: 'int', bits })),
  ...([2, 4, 8, 16, 32, 64] as const).map((bits): DataTypeSpec => ({ kind: 'uint', bits })),
  ...FLOAT_FORMATS.map((format): DataTypeSpec => ({ kind: 'float', format })),
  { kind: 'complex', part: 'float32' },
  { kind: 'complex', part: 'float64' },
  { kind: 'complex', part: 'bfloat16' },
  { kind: 'datetime', unit: 'ns', scale: 1 },
  { kind: 'timedelta', unit: 's', scale: 25 },
  { kind: 'bytes', length: 5 },
  { kind: 'text', length: 3 },
  { kind: 'raw', length: 4 },
  {
    kind: 'struct',
    fields: [
      { name: 'a', type: { kind: 'int', bits: 32 } },
      { name: 'b', type: { kind: 'float', format: 'float64' } },
    ],
  },
  { kind: 'subarray', item: { kind: 'float', format: 'float32' }, shape: [2, 2] },
]
const VARIABLE: [DataTypeSpec, string, string][] = [
  [{ kind: 'vlen-text' }, '`\\|O` with `vlen-utf8`, `categorize`', '`string`'],
  [{ kind: 'vlen-bytes' }, '`\\|O` with `vlen-bytes`', '`bytes`, `variable_length_bytes`'],
  [{ kind: 'vlen-array', item: { kind: 'int', bits: 32 } }, '`\\|O` with `vlen-array`', '–'],
  [{ kind: 'object' }, '`\\|O` with `json2`, `msgpack2`', '–'],
]

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function table(head: string[], rows: string[][]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

function typeRow(spec: DataTypeSpec): string[] {
  const descr = numpyDescr(spec)
  const own = v3DataType(spec)
  const v2 = descr === undefined ? '–' : code(typeof descr === 'string' ? descr : stringifyJson(descr))
  return [
    code(dataType(spec).name),
    descr === undefined || spec.kind === 'subarray' ? '–' : v2,
    spec.kind === 'subarray' ? 'as a record field' : v2,
    own === undefined ? '–' : code(typeof own === 'string' ? own : stringifyJson(own)),
  ]
}

function codecRow(codec: CodecDefinition): string[] {
  const places = [
    codec.bindArrayToArray ? 'array → array' : '',
    codec.bindArrayToBytes ? 'array → bytes' : '',
    codec.bindBytesToBytes ? 'bytes → bytes' : '',
  ]
  return [
    code(codec.name),
    (codec.aliases ?? []).map(code).join(', ') || '–',
    codec.about,
    places.filter(Boolean).join('; '),
    codec.limits ?? '–',
  ]
}

/** Rows of the types, as the page names them. */
export const pageTypes = (): string[] =>
  [...FIXED, ...VARIABLE.map(([spec]) => spec)].map((spec) => dataType(spec).name)

function readerRow({ group, feature, readers, why }: Claim): string[] {
  const cell = (letters: string | undefined): string => {
    if (letters === undefined) return '–'
    return letters === '' ? `none: ${why}` : letters
  }
  const [, name = '', rest = ''] = /^([\w.]+(?=, )|.*)(.*)$/.exec(feature)!
  return [
    group === 'layout' ? feature : code(name) + rest,
    cell(readers[1]),
    cell(readers[2]),
    cell(readers[3]),
  ]
}

const readerTable = (group: Group, head: string): string =>
  table(
    [head, 'format 1', 'format 2', 'format 3'],
    CLAIMS.filter((claim) => claim.group === group).map(readerRow),
  )

const readerList = (): string =>
  Object.entries(READERS)
    .map(([letter, { name, version }]) => `${letter} is ${name} (${version})`)
    .join(', ')

/** The whole page as Markdown. */
export function formatsPage(): string {
  return `# Formats: what is read, written and refused

Made from the program's own registries by \`npm run docs\`; do not edit by hand.

## Formats and documents

| format | documents | read | written |
| --- | --- | --- | --- |
| 1 | \`meta\`, \`attrs\` | yes | yes, byte for byte as zarr 1.0; no groups, no filters |
| 2 | \`.zarray\`, \`.zgroup\`, \`.zattrs\`, \`.zmetadata\` | yes | yes, as zarr 2 |
| 3 | \`zarr.json\`, inline consolidated metadata | yes | yes, as zarr-python 3 |

Where documents of several formats lie at one path all are reported and the newest is used; \`--zarr-format\` chooses
another. In format 1, order F applies to Blosc chunks only, as its releases behave. Unknown top-level fields and
extensions of format 3 lock the data unless they say \`must_understand: false\`; the metadata always shows.

## Stores

| store | read | written |
| --- | --- | --- |
| folder | yes; links that leave it are refused unless allowed | one file a key, replaced atomically |
| zip (\`.zip\`, \`.ozx\`; stored, deflate; zip64) | yes; CRC checked, last duplicate wins, unsafe names and overlaps refused | rewritten as a whole, the original kept as \`.bak\` |
| memory, any \`Map\` | yes | yes |
| http(s) | no: not supported yet | no |

## Chunk grids and keys

| what | read | written |
| --- | --- | --- |
| \`regular\` | yes | yes |
| \`rectilinear\` (inline) | yes | existing arrays only, without resizing |
| key encodings \`default\` and \`v2\`, separators \`/\` and \`.\` | yes | yes |
| storage transformers | refused: none is registered | no |

## Data types

Names in the formats; "–" means that the format has no such type. Big-endian numbers are read in all formats, also field
by field in records of format 2.

${table(
  ['type', 'format 1', 'format 2', 'format 3'],
  [...FIXED.map(typeRow), ...VARIABLE.map(([spec, v2, v3]) => [code(dataType(spec).name), '–', v2, v3])],
)}

A format 3 array whose fill value is null, as GDAL writes one without a "no data" value, is refused: the format has no
undefined content, and zarr-python refuses it as well.

Read besides: \`r<bits>\` as raw bytes, \`structured\` (the former spelling of \`struct\`), \`complex_<float>\`.

## Codecs

All of these are read and written. In formats 1 and 2 a codec's \`id\` is its name without \`numcodecs.\`.

${table(['codec', 'also named', 'what it does', 'place', 'limits'], CODECS.map(codecRow))}

Refused, with the reason; the node opens and shows its metadata:

${table(
  ['codec', 'what it is', 'why it is refused'],
  REFUSED_CODECS.map((codec) => [
    [codec.name, ...(codec.aliases ?? [])].map(code).join(', '),
    codec.about,
    codec.refused,
  ]),
)}

## Who else reads what is written

\`npm run test:interop\` writes all of this with the library and with the command line and has it read by other
programs, each item compared bit for bit: ${readerList()}.
"–" means that the format cannot store it. Format 1 is read after zarr-python 2 has migrated it to format 2, in memory;
no other program at hand reads it.

${readerTable('type', 'data type')}

${readerTable('codec', 'codec')}

${readerTable('layout', 'what else')}

Where a reader is missing from a row although it knows the format, it refuses the store or reads something else. GDAL
knows no codec of numcodecs in format 3, no fill value of complex numbers in format 2, none of whole numbers beyond the
signed 64 bits, and no byte strings that are not text; zarr-python 2 knows no format 3.
`
}
