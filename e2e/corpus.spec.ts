import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from './host'

// Stores written by zarr-python, one array of every kind of data type: the cells of the table are the values it wrote.
const CORPUS = 'zarr341-seed1'

interface Case {
  store: string
  path: string
  shape: number[]
  values: unknown[]
}

/** The shortest text of a small float is another double: it must be within half a unit of the type's last place. */
const isFloat =
  (bits: number) =>
  (text: string, value: unknown): boolean => {
    const shown = { nan: NaN, inf: Infinity, '-inf': -Infinity }[text] ?? Number(text)
    const wanted = Number(String(value).replace(/^NaN.*/, 'NaN'))
    return Object.is(shown, wanted) || Math.abs(shown - wanted) <= Math.abs(wanted) * 2 ** -bits
  }
const isNumber = isFloat(60)
/** A cell is one line: where a text has a new one, it shows a sign for it. */
const isText = (text: string, value: unknown): boolean => text === String(value).replaceAll('\n', '↵')
const isComplex = (text: string, value: unknown): boolean => {
  const [re, im] = value as [unknown, unknown]
  const isPart = isFloat(25)
  const parts = /^\(?(-?(?:nan|inf|[\d.]+(?:e[+-]?\d+)?))([+-](?:nan|inf|[\d.]+(?:e[+-]?\d+)?))j\)?$/.exec(
    text,
  )
  return parts !== null && isPart(parts[1]!, re) && isPart(parts[2]!.replace(/^\+/, ''), im)
}
const isMoment =
  (milliseconds: number, length: number) =>
  (text: string, value: unknown): boolean =>
    text === (value === 'NaT' ? 'NaT' : new Date(Number(value) * milliseconds).toISOString().slice(0, length))
const isBoolean = (text: string, value: unknown): boolean => text === (value === true ? 'True' : 'False')
const holdsId = (text: string, value: unknown): boolean =>
  text.includes(String((value as { id: unknown }).id))

const ARRAYS: [string, string, (text: string, value: unknown) => boolean][] = [
  ['v3', 'bool_little', isBoolean],
  ...['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'].map(
    (name): [string, string, typeof isText] => ['v3', `${name}_little`, isText],
  ),
  ['v3', 'float16_little', isFloat(12)],
  ['v3', 'float32_little', isFloat(25)],
  ['v3', 'float64_little', isNumber],
  ['v3', 'complex64_little', isComplex],
  ['v3', 'complex128_little', isComplex],
  ['v3', 'M8_s', isMoment(1000, 19)],
  ['v3', 'M8_ms', isMoment(1, 23)],
  ['v3', 'm8_s', isText],
  ['v3', 'U4_little', isText],
  ['v3', 'string', isText],
  ['v3', 'struct_little', holdsId],
  ['v2', 'i4_be_C', isText],
  ['v2', 'u8_be_C', isText],
  ['v2', 'f8_be_C', isNumber],
  ['v2', 'c16_be_C', isComplex],
  ['v2', 'U4_be', isText],
  ['v2', 'struct', holdsId],
]

for (const format of ['v3', 'v2']) {
  test(`every kind of data type of format ${format.slice(1)} shows the values its writer meant`, async ({
    open,
    folder,
  }) => {
    // Every array of the format is opened, one after the other.
    test.setTimeout(240_000)
    await promisify(execFile)('tar', [
      'xzf',
      join(import.meta.dirname, `../fixtures/${CORPUS}.tar.gz`),
      '-C',
      folder,
      `${CORPUS}/manifest.json`,
      `${CORPUS}/${format}/dtypes.zarr`,
    ])
    const manifest = JSON.parse(await readFile(join(folder, CORPUS, 'manifest.json'), 'utf8')) as {
      cases: Case[]
    }
    const page = await open(`${CORPUS}/${format}/dtypes.zarr`)
    const filter = page.getByRole('textbox', { name: 'Filter nodes' })
    for (const [, path, agrees] of ARRAYS.filter(([f]) => f === format)) {
      const known = manifest.cases.find((c) => c.store === `${format}/dtypes.zarr` && c.path === path)
      if (!known) throw new Error(`the corpus has no ${format} ${path}`)
      await filter.fill(path)
      await page
        .getByRole('tree', { name: 'Explorer' })
        .getByRole('treeitem', { name: path, exact: true })
        .click()
      await page.getByRole('tab', { name: 'Data', exact: true }).click()
      const grid = page.getByRole('grid', { name: 'Data' })
      const columns = known.shape[1] ?? 1
      for (const item of [0, 1, Math.min(2, known.values.length - 1)]) {
        const [row, column] = [Math.floor(item / columns), item % columns]
        const cell = grid.locator(
          `[role=gridcell][aria-rowindex="${row + 1}"][aria-colindex="${column + 1}"]`,
        )
        await expect
          .poll(async () => agrees((await cell.textContent()) ?? '', known.values[item]), {
            message: `${format} ${path} [${row}, ${column}] is ${JSON.stringify(known.values[item])}`,
          })
          .toBe(true)
      }
    }
  })
}
