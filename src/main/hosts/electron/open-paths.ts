import { basename, dirname, resolve } from 'node:path'
import * as v from 'valibot'

/** A metadata file stands for the node it describes: file managers can associate files, not folders. */
const METADATA = new Set(['zarr.json', '.zarray', '.zgroup', '.zattrs', '.zmetadata'])

export const nodeOfFile = (path: string): string => (METADATA.has(basename(path)) ? dirname(path) : path)

/**
 * The stores named on a command line, absolute. `appArguments` is how many leading arguments name the program: 1 when
 * packaged, 2 as `electron .`. Options are skipped, and so are Chromium's own, which may stand anywhere.
 */
export function pathsOfArgv(argv: readonly string[], appArguments: number, cwd: string): string[] {
  return argv
    .slice(appArguments)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((argument) => nodeOfFile(resolve(cwd, argument)))
}

/** What a second instance tells the first; its argv cannot be relied on, Chromium reorders it. */
export interface InstanceData {
  paths: string[]
}

const instanceData = v.object({ paths: v.pipe(v.array(v.string()), v.maxLength(100)) })

/** The paths that another start of the program was given; none where its message is not understood. */
export function pathsOfInstance(data: unknown): string[] {
  const parsed = v.safeParse(instanceData, data)
  return parsed.success ? parsed.output.paths : []
}
