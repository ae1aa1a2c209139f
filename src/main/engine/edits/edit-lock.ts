import { join } from 'node:path'
import { HEARTBEAT_MS, livingHolder, releaseFolder, renewFolder, tryFolder } from '../stores/folder-lock'
import { thisProcess, type ProcessFacts } from '../files/process-facts'

/**
 * Keeps edits of one store to one process of this user, by a lock beside the journal. It is taken with the first edit and
 * let go when nothing is staged any more, so that looking at a store locks nobody out.
 */
export class EditLock {
  private readonly lock: string
  private ownerFile: string | undefined
  private heart: NodeJS.Timeout | undefined

  constructor(folder: string) {
    this.lock = join(folder, 'edits.zarrscope.lock')
  }

  /** Takes it; gives the reason, in one sentence, where another process has it. Throws IoError. */
  async take(): Promise<string | null> {
    if (this.ownerFile !== undefined) return null
    const taken = await tryFolder(this.lock)
    if ('holder' in taken) return held(taken.holder)
    this.ownerFile = taken.ownerFile
    this.heart = setInterval(() => void renewFolder(taken.ownerFile), HEARTBEAT_MS).unref()
    return null
  }

  /** The reason why it could not be taken now; null where it could. */
  async why(): Promise<string | null> {
    if (this.ownerFile !== undefined) return null
    const holder = await livingHolder(this.lock)
    return holder ? held(holder) : null
  }

  async release(): Promise<void> {
    if (this.ownerFile === undefined) return
    clearInterval(this.heart)
    await releaseFolder(this.ownerFile)
    this.ownerFile = undefined
  }
}

const held = ({ pid, host }: ProcessFacts): string =>
  host === thisProcess().host
    ? `Another Zarrscope (process ${pid}) has staged edits of this store: save or discard them there first.`
    : `Another Zarrscope (process ${pid} on ${host}) has staged edits of this store: save or discard them there first.`
