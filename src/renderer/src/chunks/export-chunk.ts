import { call } from '../rpc/connection'
import { endJob, startJob, updateJob } from '../state/jobs'

/** What is fetched of a chunk at a time. */
const PART = 8 * 2 ** 20

/** Downloads the bytes of a chunk as a file. Rejects where the chunk cannot be read or the person cancels. */
export async function exportChunk(
  chunk: { store: string; path: string; coords: number[] },
  form: 'stored' | 'decoded',
): Promise<void> {
  const abort = new AbortController()
  const name = fileName(chunk, form)
  const job = startJob({ name: `Export ${name}`, cancel: () => abort.abort() })
  try {
    const parts: BlobPart[] = []
    for (let offset = 0, total = 1; offset < total; offset += PART) {
      const part = await call(
        'array.chunkBytes',
        { ...chunk, form, offset, length: PART },
        { signal: abort.signal },
      )
      // A copy: what came over the wire may lie in memory that is shared.
      parts.push(new Uint8Array(part.bytes))
      total = part.total
      updateJob(job, Math.min(1, (offset + PART) / Math.max(1, total)))
    }
    download(new Blob(parts, { type: 'application/octet-stream' }), name)
  } finally {
    endJob(job)
  }
}

/** temperature.1.0.0.stored.bin */
function fileName({ path, coords }: { path: string; coords: number[] }, form: string): string {
  const array = path.split('/').at(-1) || 'array'
  return [array, ...coords, form, 'bin'].join('.')
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
