import { notifications } from '@mantine/notifications'
import type { CommandId } from '@shared/rpc/commands'
import { useEffect } from 'react'
import { onCommand } from '../app/commands'
import { openStructureDialog, type StructureDialog } from '../state/dialogs'
import { applyEdit, frozenReason } from '../state/edits'
import { openedNode } from '../state/opened-node'
import { reportProblem } from '../state/problems'
import { activeStore } from '../state/session'

type NodeDialog = Exclude<StructureDialog['kind'], 'newStore'>

/** The commands, their dialogs, and the nodes they are for. */
const COMMANDS: [CommandId, NodeDialog, 'any' | 'group' | 'array' | 'below' | 'old'][] = [
  ['array.newArray', 'newArray', 'group'],
  ['array.newGroup', 'newGroup', 'group'],
  ['array.rename', 'rename', 'below'],
  ['array.duplicate', 'duplicate', 'below'],
  ['array.copyTo', 'copy', 'any'],
  ['array.delete', 'delete', 'below'],
  ['array.resize', 'resize', 'array'],
  ['array.append', 'append', 'array'],
  ['file.import', 'import', 'group'],
  ['file.export', 'export', 'any'],
  ['tools.verify', 'verify', 'any'],
  ['tools.migrate', 'migrate', 'old'],
]

/** What the window does for the commands that change structure: it opens their dialogs on the node in front. */
export function useStructureCommands(): void {
  useEffect(() => {
    const store = (): string => activeStore()?.id ?? ''
    const canWrite = (): boolean => activeStore() !== undefined && frozenReason(store()) === null
    const off = [
      onCommand('file.newStore', () => openStructureDialog({ kind: 'newStore' })),
      ...COMMANDS.map(([command, kind, about]) =>
        onCommand(
          command,
          () => open(kind, about, store()),
          () => fits(about) && (kind === 'verify' || kind === 'export' || canWrite()),
        ),
      ),
      onCommand(
        'array.rewrite',
        () =>
          openStructureDialog({
            kind: 'copy',
            store: store(),
            path: openedNode()?.path ?? '',
            inPlace: true,
          }),
        () => openedNode() !== null && canWrite(),
      ),
      onCommand('tools.consolidate', () => void consolidate(store()), canWrite),
    ]
    return () => off.forEach((stop) => stop())
  }, [])
}

function fits(about: 'any' | 'group' | 'array' | 'below' | 'old'): boolean {
  const node = openedNode()
  if (about === 'group') return activeStore() !== undefined
  if (!node) return false
  if (about === 'array') return node.kind === 'array'
  if (about === 'below') return node.path !== ''
  return about === 'any' || node.zarrFormat !== 3
}

function open(kind: NodeDialog, about: string, store: string): void {
  const node = openedNode()
  const path = node?.path ?? ''
  // New nodes come into the group in front, or the one that holds the array in front.
  const parent = node?.kind === 'array' ? path.split('/').slice(0, -1).join('/') : path
  openStructureDialog({ kind, store, path: about === 'group' ? parent : path })
}

/** Stages new consolidated metadata for a store, or for one of its groups. */
export async function consolidate(store: string, path = ''): Promise<void> {
  try {
    await applyEdit(store, { kind: 'consolidate', path }, { label: 'Consolidate metadata' })
    notifications.show({ message: 'Consolidated metadata is staged; Save writes it.' })
  } catch (error) {
    reportProblem(error)
    notifications.show({ message: error instanceof Error ? error.message : String(error), color: 'red' })
  }
}
