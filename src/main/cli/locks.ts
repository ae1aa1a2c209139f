import { UsageError } from '@shared/errors'
import type { OptionTable } from './arguments'

export const SYNC = {
  sync: { kind: 'text', value: 'none|thread|process', help: 'locking against other writers (default: none)' },
} as const satisfies OptionTable

/** Throws UsageError for locking that does not exist here. */
export function checkSync(text: string | undefined): void {
  if (text === undefined || text === 'none') return
  if (text === 'thread' || text === 'process')
    throw new UsageError(
      `--sync ${text} is not available in this version; leave it out and write from one place at a time.`,
    )
  throw new UsageError(`--sync is none, thread or process, not "${text}".`)
}
