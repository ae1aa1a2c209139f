import { NodeNotFoundError, UsageError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import type { ZarrArray } from '@engine/nodes/array'
import type { ZarrNode } from '@engine/nodes/open'
import { openSession, type Session } from '@engine/session/session'
import type { CommandContext } from './command'

/** Opens the node that a path names, hands it over and closes its store again, whatever happens. */
export async function withNode<T>(
  context: CommandContext,
  path: string,
  use: (node: ZarrNode, session: Session) => Promise<T>,
): Promise<T> {
  const { signal } = context.io
  const zarrFormat = formatOption(context.options['zarr-format'])
  const session = await openSession(await context.engine(), path, { zarrFormat, signal })
  try {
    return await use(await session.node(session.nodePath, { signal }), session)
  } finally {
    await session.close()
  }
}

/** The same for commands that need an array; throws NodeNotFoundError where the path is a group's. */
export async function withArray<T>(
  context: CommandContext,
  path: string,
  use: (array: ZarrArray, session: Session) => Promise<T>,
): Promise<T> {
  return withNode(context, path, async (node, session) => {
    if (node.kind === 'group') {
      throw new NodeNotFoundError(
        node.path,
        'This is a group; name one of its arrays (zarrscope tree lists them).',
      )
    }
    return use(node, session)
  })
}

/** The value of `--zarr-format`; throws UsageError. */
export function formatOption(text: string | undefined): ZarrFormat | undefined {
  if (text === undefined) return undefined
  if (text === '1' || text === '2' || text === '3') return Number(text) as ZarrFormat
  throw new UsageError(`--zarr-format is 1, 2 or 3, not "${text}".`)
}
