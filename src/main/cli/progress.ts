import type { Io } from './io'

const WIDTH = 30
const REDRAW_MS = 100

/** A bar on stderr while a command works; draws nothing where nobody watches. */
export interface Progress {
  /** `total` 0: not known yet. */
  update(done: number, total: number): void
  /** Removes the bar. */
  end(): void
}

/** Such a bar, with what is being done beside it. */
export function progress(io: Io, label: string): Progress {
  let drawn = 0
  return {
    update(done, total) {
      io.alive()
      const now = Date.now()
      if (!io.progress || now - drawn < REDRAW_MS) return
      drawn = now
      const share = total > 0 ? Math.min(1, done / total) : 0
      const filled = Math.round(share * WIDTH)
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
      io.err(`\r${label} ${bar} ${total > 0 ? `${Math.floor(share * 100)} %` : String(done)}\x1b[K`)
    },
    end() {
      if (drawn > 0) io.err('\r\x1b[K')
    },
  }
}
