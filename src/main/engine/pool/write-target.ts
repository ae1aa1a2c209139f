import { InternalError } from '@shared/errors'
import type { WriteResult, WriteTask } from './operations'
import { removeFileSync, replaceFileSync } from './replace-file'
import { taskError } from './task-error'

/** Puts an encoded chunk where its task wants it. */
export function written({ target }: WriteTask, bytes: Uint8Array, flush: boolean): WriteResult {
  if (target.kind === 'bytes') return { state: 'written', storedBytes: bytes.length, bytes }
  replaceFileSync(target, bytes, flush)
  return { state: 'written', storedBytes: bytes.length }
}

/** A chunk that need not be stored. */
export function removed({ target }: WriteTask): WriteResult {
  if (target.kind === 'file') removeFileSync(target)
  return { state: 'removed' }
}

/** What a task gives whose thread was lost. */
export function lostWrite(job: { tasks: WriteTask[] }, task: number, why: string): WriteResult {
  const { key } = job.tasks[task]!
  return { state: 'error', error: taskError(key, new InternalError(`${key} was not written: ${why}.`)) }
}
