import { lstat, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { IoError, UsageError } from '@shared/errors'

/**
 * The folders and files that a browser may look at: the working directory and what the command line named. Every
 * path from a window passes `confine`, which follows links first, so that none leads out.
 */
export class Roots {
  /** Real paths, without those that lie inside another. */
  readonly paths: readonly string[]

  private constructor(paths: string[]) {
    this.paths = paths.filter(
      (path, i) => !paths.some((other, j) => contains(other, path) && (other !== path || j < i)),
    )
  }

  static async of(paths: readonly string[]): Promise<Roots> {
    return new Roots(await Promise.all(paths.map(realPath)))
  }

  /**
   * The real path, below a root. Its last names may not exist: a node inside a zip, or nothing. Throws UsageError, or
   * IoError where the system refuses.
   */
  async confine(path: string): Promise<string> {
    if (!isAbsolute(path) || path.includes('\0')) throw refusal(path)
    const real = await realPath(path)
    if (!this.contain(real)) throw refusal(path)
    return real
  }

  /** Of a real path. */
  contain(real: string): boolean {
    return this.paths.some((root) => contains(root, real))
  }

  /** Roots that are folders now, for the folder browser. */
  async folders(): Promise<string[]> {
    const kinds = await Promise.all(this.paths.map((path) => stat(path).catch(() => null)))
    return this.paths.filter((_path, i) => kinds[i]?.isDirectory())
  }
}

const refusal = (path: string): UsageError =>
  new UsageError(
    `${path} lies outside the folders this host was started with; name it when you start zarrscope serve.`,
  )

function contains(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** Links resolved as far as the path exists, the rest appended. A link to nowhere is refused: its target may come. */
async function realPath(path: string): Promise<string> {
  const absolute = resolve(path)
  try {
    return await realpath(absolute)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO'
    const missing = code === 'ENOENT' || code === 'ENOTDIR'
    if (!missing || dirname(absolute) === absolute)
      throw new IoError(path, code, `it cannot be reached (${code})`)
    const link = await lstat(absolute).catch(() => null)
    if (link) throw new UsageError(`${path} is a link to something that does not exist.`)
    return join(await realPath(dirname(absolute)), basename(absolute))
  }
}
