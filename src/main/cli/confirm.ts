import { UsageError } from '@shared/errors'
import type { OptionTable } from './arguments'
import { counted, inBytes } from './counted'
import type { Io } from './io'

/** The option of commands that delete more than they create. */
export const YES = {
  yes: { kind: 'boolean', letter: 'y', help: 'do it without asking' },
} as const satisfies OptionTable

/** Goes on where `--yes` was given or the person at the terminal agrees. Throws UsageError otherwise. */
export async function confirm(io: Io, yes: boolean, what: string): Promise<void> {
  if (yes) return
  if (!io.ask) throw new UsageError(`${what} Add --yes to do it.`)
  if (!(await io.ask(`${what} Go on? [y/N] `))) throw new UsageError('Nothing was changed.')
}

/** Asks before stored chunks go; where none do, there is nothing to ask. */
export async function confirmChunksGo(
  io: Io,
  yes: boolean,
  { chunks, bytes }: { chunks: number; bytes: number },
): Promise<void> {
  if (chunks > 0) await confirm(io, yes, `This deletes ${counted(chunks, 'chunk')} (${inBytes(bytes)}).`)
}
