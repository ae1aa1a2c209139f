import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import {
  create,
  open,
  slice,
  type CreateOptions,
  type NdArray,
  type Value,
  type ZarrArray,
} from '../src/main/library'
import { ArrayModel, type Dim } from './model/array-model'
import { KINDS, type Kind } from './model/kinds'
import { programStore } from './model/program-stores'
import { programs, type Program } from './model/programs'

/**
 * Random programs of create, set, resize, append and get against a plain list. More of them:
 * `ZARRSCOPE_PROGRAMS=20000 npx vitest run test/write-model.test.ts`; one again: `ZARRSCOPE_SEED=<seed>`.
 */
const PROGRAMS = Number(process.env['ZARRSCOPE_PROGRAMS'] ?? 500)
const SEED = Number(process.env['ZARRSCOPE_SEED'] ?? 20261122)

const folder = mkdtempSync(join(tmpdir(), 'zarrscope-model-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const toSelection = (dims: readonly Dim[]) =>
  dims.map((dim) =>
    typeof dim === 'number' ? dim : slice(dim.start, dim.stop < 0 ? null : dim.stop, dim.step),
  )

/** Items of a result as a list, whatever JavaScript type they came in. */
function listOf(result: unknown, kind: Kind): unknown[] {
  const isArray = typeof result === 'object' && result !== null && 'data' in result
  const items: unknown[] = isArray ? Array.from((result as NdArray).data as ArrayLike<unknown>) : [result]
  if (kind.isPairs && isArray)
    return Array.from({ length: items.length / 2 }, (_, i) => [items[2 * i], items[2 * i + 1]])
  return kind.dtype === 'bool' ? items.map((item) => item === true || item === 1) : items
}

async function run(program: Program): Promise<void> {
  const kind = KINDS[program.kind]!
  const { format, shape, chunks, shards, order, compressor, filters, writeEmptyChunks, steps } = program
  const store = programStore(program.store, folder)
  const options = { shape, chunks, shards, order, compressor, filters, zarrFormat: format, writeEmptyChunks }
  const fillValue = kind.fill as NonNullable<CreateOptions['fillValue']>
  try {
    let z: ZarrArray = await create({ ...options, dtype: kind.dtype, fillValue, store: store.target })
    const model = new ArrayModel<unknown>(shape, kind.fill)
    const compare = async (dims: readonly Dim[]): Promise<void> => {
      const result = await z.get(toSelection(dims))
      const shown =
        typeof result === 'object' && result !== null && 'shape' in result ? (result as NdArray).shape : []
      expect(shown).toEqual(ArrayModel.shapeOf(dims))
      expect(listOf(result, kind)).toEqual(model.get(dims))
    }
    for (const step of steps) {
      if (step.do === 'set') {
        await z.set(toSelection(step.dims), { data: step.items, shape: step.shape } as Value)
        model.set(step.dims, step.items, step.shape)
      } else if (step.do === 'get') await compare(step.dims)
      else if (step.do === 'resize') {
        await z.resize(step.shape)
        model.resize(step.shape)
      } else if (step.do === 'append') {
        const lengths = model.shape.map((n, k) => (k === step.axis ? step.count : n))
        await z.append({ data: step.items, shape: lengths } as Value, step.axis)
        model.append(step.items, step.count, step.axis)
      } else z = await open(await store.reopened(), { mode: 'r+', writeEmptyChunks })
      expect(z.shape).toEqual(model.shape)
      await compare(model.shape.map((n) => ({ start: 0, stop: n, step: 1 })))
    }
  } finally {
    await store.remove()
  }
}

test(`${PROGRAMS} random programs leave what a plain list holds`, { timeout: 3_600_000 }, async () => {
  await fc.assert(fc.asyncProperty(programs, run), { numRuns: PROGRAMS, seed: SEED })
})
