import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as v from 'valibot'

const entry = v.object({
  path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  lastOpened: v.pipe(v.number(), v.finite()),
  nbytesStored: v.exactOptional(v.pipe(v.number(), v.finite())),
})
const file = v.object({ version: v.literal(1), stores: v.array(v.unknown()) })

export type RecentEntry = v.InferOutput<typeof entry>
export interface ListedEntry extends RecentEntry {
  name: string
  missing: boolean
}

const MOST = 20

/**
 * The stores opened last, newest first, in one small file that both hosts share. The file is read anew before every
 * change, since another window may have changed it. A file that cannot be read counts as empty; failing to write it
 * is no reason to refuse a store, so changing never rejects.
 */
export class RecentStores {
  readonly #folder: string
  readonly #now: () => number
  #changes: Promise<void> = Promise.resolve()

  constructor(folder: string, now: () => number = Date.now) {
    this.#folder = folder
    this.#now = now
  }

  async list(): Promise<ListedEntry[]> {
    await this.#changes
    const entries = await this.#read()
    return Promise.all(
      entries.map(async (e) => ({
        ...e,
        name: basename(e.path) || e.path,
        missing: await stat(e.path).then(
          () => false,
          () => true,
        ),
      })),
    )
  }

  note(path: string): Promise<void> {
    return this.#change((entries) => {
      const known = entries.find((e) => e.path === path)
      return [{ ...known, path, lastOpened: this.#now() }, ...entries.filter((e) => e !== known)].slice(
        0,
        MOST,
      )
    })
  }

  /** Bytes on disk, of a store that is in the list. */
  noteSize(path: string, nbytesStored: number): Promise<void> {
    return this.#change((entries) => entries.map((e) => (e.path === path ? { ...e, nbytesStored } : e)))
  }

  forget(path: string): Promise<void> {
    return this.#change((entries) => entries.filter((e) => e.path !== path))
  }

  #change(edit: (entries: RecentEntry[]) => RecentEntry[]): Promise<void> {
    this.#changes = this.#changes
      .then(async () => this.#write(edit(await this.#read())))
      .catch(() => undefined)
    return this.#changes
  }

  async #read(): Promise<RecentEntry[]> {
    try {
      const parsed = v.safeParse(file, JSON.parse(await readFile(join(this.#folder, 'recent.json'), 'utf8')))
      if (!parsed.success) return []
      return parsed.output.stores.flatMap((one) => (v.is(entry, one) ? [one] : []))
    } catch {
      return []
    }
  }

  async #write(stores: RecentEntry[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const temporary = join(this.#folder, `.recent.${randomUUID()}.partial`)
    try {
      await writeFile(temporary, `${JSON.stringify({ version: 1, stores }, null, 2)}\n`, {
        mode: 0o600,
        flag: 'wx',
      })
      await rename(temporary, join(this.#folder, 'recent.json'))
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }
}
