/** Writes every case in both ways and has every reader read it. */
import { join } from 'node:path'
import { allCases, type Case, type Found } from './cases'
import { CLAIMS, READERS, type ReaderLetter } from './claims'
import { findOracle, OracleGone, type Oracle } from './oracle'
import { WRITERS, type Writer } from './writers'

/** What became of one case: nothing where the reader found everything, else what was wrong. */
export type Outcome = string | undefined

export interface Reader {
  letter: ReaderLetter
  oracle?: Oracle
  /** Why it is not asked. */
  absent?: string
  /** It is the version that the claims were made for, so that it must not read more either. */
  isExact: boolean
  /** Packages that cases need and this Python has not got. */
  lacks: string[]
}

/** Starts every reader; one that is older than the claims counts as absent. */
export function findReaders(): Promise<Reader[]> {
  return Promise.all(
    (Object.keys(READERS) as ReaderLetter[]).map(async (letter): Promise<Reader> => {
      const { name, version } = READERS[letter]
      const { oracle, absent } = await findOracle(name)
      if (!oracle) return { letter, absent, isExact: false, lacks: [] }
      const [wanted, found] = [numbers(version), numbers(oracle.version)]
      const order =
        wanted.map((part, i) => (found[i] ?? 0) - part).find((difference) => difference !== 0) ?? 0
      if (order >= 0) return { letter, oracle, isExact: order === 0, lacks: await missing(oracle) }
      await oracle.close()
      return { letter, absent: `${oracle.version} is older than ${version}`, isExact: false, lacks: [] }
    }),
  )
}

const missing = (oracle: Oracle): Promise<string[]> => {
  const names = allCases().flatMap(({ needs = [] }) => needs)
  return oracle.ask(
    'from importlib.util import find_spec\nanswer = [name for name in names if find_spec(name) is None]',
    { names },
  )
}

const numbers = (version: string): number[] => /\d+(\.\d+)+/.exec(version)![0].split('.').map(Number)

/** Outcomes by reader and title of the case, of both writers where something was wrong. */
export type Outcomes = Map<ReaderLetter, Map<string, Outcome>>

/** Cases are written several at a time: each waits for the disk more than it computes. */
const AT_ONCE = 6

export async function runMatrix(folder: string, readers: readonly Reader[]): Promise<Outcomes> {
  const outcomes: Outcomes = new Map(readers.map(({ letter }) => [letter, new Map<string, Outcome>()]))
  const queue = allCases().entries()
  const work = async (): Promise<void> => {
    for (const [number, one] of queue)
      for (const [way, writer] of WRITERS.entries()) {
        const store = join(folder, `${number}-${way}`, one.isZip ? 'store.zarr.zip' : 'store.zarr')
        const found = await written(one, writer, store)
        await Promise.all(
          readers.map(async ({ letter, oracle }) => {
            const wrong =
              typeof found === 'string' ? found : oracle && (await read(one, store, letter, oracle, found))
            const all = outcomes.get(letter)!
            const before = all.get(titleOf(one))
            all.set(
              titleOf(one),
              wrong === undefined ? before : [before, `${writer.by}: ${wrong}`].filter(Boolean).join('; '),
            )
          }),
        )
      }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return outcomes
}

export const titleOf = ({ group, feature, variant, format }: Case): string =>
  `${group} ${feature}${variant ? ` (${variant})` : ''}, format ${format}`

/** Letters of the readers that are said to read a case. */
export const readersOf = ({ group, feature, format }: Case): string =>
  CLAIMS.find((claim) => claim.group === group && claim.feature === feature)?.readers[format] ?? ''

async function written(one: Case, writer: Writer, store: string): Promise<Found | string> {
  try {
    return await one.write(writer, store, nodeOf(one))
  } catch (error) {
    return `not written: ${(error as Error).message}`
  }
}

/** Format 1 has no groups: its array is the store. */
const nodeOf = ({ format }: Case): string => (format === 1 ? '' : 'a')

interface Answer {
  shape: number[]
  bytes: string
  attributes: string | null
  dimensions: string[] | null
  tree: string[] | null
}

async function read(
  one: Case,
  place: string,
  letter: ReaderLetter,
  oracle: Oracle,
  wanted: Found,
): Promise<Outcome> {
  const { format: version, dtype, form, hierarchy = null } = one
  const given = { reader: READERS[letter].name, place, node: nodeOf(one), version, dtype, form, hierarchy }
  const names = Object.keys(given).join(', ')
  try {
    const answer = await oracle.ask<Answer>(`import readers\nanswer = readers.found(${names})`, given)
    return difference(answer, wanted)
  } catch (error) {
    if (error instanceof OracleGone) throw error
    return (error as Error).message
  }
}

function difference(answer: Answer, { shape, bytes, attributes, dimensions, tree }: Found): Outcome {
  if (answer.shape.join() !== shape.join()) return `the shape is ${answer.shape.join()}, not ${shape.join()}`
  const found = Buffer.from(answer.bytes, 'base64')
  if (!found.equals(bytes))
    return `the items are ${found.toString('hex')}, not ${Buffer.from(bytes).toString('hex')}`
  if (attributes !== undefined && answer.attributes !== attributes)
    return `the attributes are ${answer.attributes}`
  if (dimensions !== undefined && String(answer.dimensions) !== String(dimensions))
    return `the dimensions are ${String(answer.dimensions)}`
  if (tree !== undefined && String(answer.tree) !== String(tree))
    return `the nodes are ${String(answer.tree)}`
  return undefined
}
