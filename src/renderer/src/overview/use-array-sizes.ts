import { isAborted } from '@shared/errors'
import { useEffect, useState } from 'react'
import { call, useConnection } from '../rpc/connection'
import { endJob, startJob, updateJob } from '../state/jobs'

/** Arrays counted one by one below a group; more would take longer than anybody looks. */
export const ARRAYS_COUNTED = 300

export interface ArraySizes {
  /** "waiting": not wanted yet. */
  state: 'waiting' | 'running' | 'done' | 'cancelled' | 'error'
  /** Arrays found below the group, at most ARRAYS_COUNTED. */
  arrays: number
  /** Those counted so far. */
  list: { path: string; bytes: number }[]
  error: unknown
  cancel: () => void
  retry: () => void
}

const IDLE = { state: 'waiting' as const, arrays: 0, list: [], error: null }

/** Stored bytes of every array below a group, as they are counted, unless not `wanted`; the answer goes with the view. */
export function useArraySizes(store: string, path: string, wanted: boolean): ArraySizes {
  const generation = useConnection((s) => s.generation)
  const [attempt, setAttempt] = useState(0)
  const key = `${store}:${path}:${generation}:${attempt}`
  const [known, setKnown] = useState<{
    key: string
    sizes: Pick<ArraySizes, 'state' | 'arrays' | 'list' | 'error'>
    cancel: () => void
  }>()

  useEffect(() => {
    if (!wanted) return
    const abort = new AbortController()
    const paths: string[] = []
    const list: ArraySizes['list'] = []
    const show = (state: ArraySizes['state'], error: unknown = null): void => {
      const sizes = { state, arrays: paths.length, list: [...list], error }
      setKnown({ key, sizes, cancel: () => abort.abort() })
    }
    const job = startJob({ name: `Count arrays below /${path}`, cancel: () => abort.abort() })
    const run = async (): Promise<void> => {
      await findArrays(store, path, abort.signal, paths)
      show('running')
      let shown = 0
      for (const array of paths) {
        const count = await call('node.storage', { store, path: array }, { signal: abort.signal })
        list.push({ path: array, bytes: count.nbytesStored })
        updateJob(job, list.length / paths.length)
        // A repaint for every array of a long list would be slower than the counting.
        if (performance.now() - shown < 150) continue
        shown = performance.now()
        show('running')
      }
    }
    let left = false
    run()
      .then(
        () => show('done'),
        (error: unknown) => {
          if (!left) show(isAborted(error) ? 'cancelled' : 'error', error)
        },
      )
      .finally(() => endJob(job))
    return () => {
      left = true
      abort.abort()
    }
  }, [key, store, path, wanted])

  const current = known?.key === key ? known : undefined
  return {
    ...(current?.sizes ?? IDLE),
    cancel: current?.cancel ?? (() => undefined),
    retry: () => setAttempt((n) => n + 1),
  }
}

/** Fills `paths` with the first arrays below a group; the walk ends when there are enough. */
async function findArrays(store: string, path: string, signal: AbortSignal, paths: string[]): Promise<void> {
  const enough = new AbortController()
  try {
    await call(
      'node.walk',
      { store, path },
      {
        signal: AbortSignal.any([signal, enough.signal]),
        onProgress: ({ batch }) => {
          for (const node of batch) if (node.kind === 'array') paths.push(node.path)
          if (paths.length >= ARRAYS_COUNTED) enough.abort()
        },
      },
    )
  } catch (error) {
    if (!enough.signal.aborted) throw error
  }
  signal.throwIfAborted()
  paths.splice(ARRAYS_COUNTED)
}
