import { isAborted } from '@shared/errors'
import { compilePredicate } from '@shared/expression/expression'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Fill } from '@shared/model/edits'
import type { FoundCell } from '@shared/model/find'
import type { DimSlice } from '@shared/selection/selection'
import { call } from '../rpc/connection'
import { endJob, startJob, updateJob } from '../state/jobs'

const TEXTS: ReadonlySet<string> = new Set(['text', 'vlen-text', 'bytes', 'vlen-bytes'])

/**
 * What was typed as a condition. In arrays of text a word or two is what people look for, so it means "contains";
 * anything that is a condition stays one.
 */
export function conditionOf(
  text: string,
  scope: { dtype: DataTypeSpec; rank: number; names: readonly (string | null)[] | null },
): string {
  if (!TEXTS.has(scope.dtype.kind) || text.trim() === '') return text
  try {
    compilePredicate(text, {
      dtype: scope.dtype,
      rank: scope.rank,
      dimensionNames: scope.names,
      fillValue: null,
    })
    return text
  } catch {
    return /["'<>=!()]/.test(text) ? text : `contains(x, ${JSON.stringify(text)})`
  }
}

/** What is written for each match: a value, or an expression behind "=". */
export function replacementOf(text: string): Fill {
  return text.startsWith('=') ? { kind: 'expression', text: text.slice(1) } : { kind: 'constant', text }
}

interface Search {
  store: string
  path: string
  dims: DimSlice[]
  where: string
  from: number[] | null
  direction: 'next' | 'previous'
}

/** Runs a search as a job of the status bar; null where it was cancelled. */
export async function find(query: Search, abort: AbortController): Promise<FoundCell | null> {
  const job = startJob({ name: `Find ${query.where}`, cancel: () => abort.abort() })
  try {
    return await call('array.find', query, {
      signal: abort.signal,
      onProgress: ({ done, total }) => updateJob(job, total > 0 ? done / total : 0),
    })
  } catch (error) {
    if (isAborted(error)) return null
    throw error
  } finally {
    endJob(job)
  }
}
