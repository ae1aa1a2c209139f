import { ErrorNote } from '../ui/states'
import type { TileCache } from './tile-cache'

/** Cells that could not be asked for at all: one of the reasons, and another try at all of them. */
export function TableErrors({ cache }: { cache: TileCache; stamp: unknown }) {
  const failed = cache.failures()
  const [first] = failed
  if (!first) return null
  return <ErrorNote error={first.message} onRetry={() => failed.forEach(({ retry }) => retry())} compact />
}
