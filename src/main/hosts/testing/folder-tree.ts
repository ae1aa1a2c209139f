import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A new folder with files (path → text; a path ending in "/" is a folder). Answers its real path. */
export async function tree(files: Record<string, string>): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'zarrscope-test-')))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path.endsWith('/') ? path : dirname(path)), { recursive: true })
    if (!path.endsWith('/')) await writeFile(join(root, path), text)
  }
  return root
}

export const remove = (root: string): Promise<void> => rm(root, { recursive: true, force: true })
