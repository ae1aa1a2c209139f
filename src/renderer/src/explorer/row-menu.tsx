import { Menu } from '@mantine/core'
import { pythonString } from '@shared/script/python-text'
import { nodeWord, shellLine } from '@shared/script/shell-text'
import {
  IconArrowsExchange,
  IconBrandPython,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconExternalLink,
  IconFileExport,
  IconFileImport,
  IconFolderOpen,
  IconFolderPlus,
  IconGridDots,
  IconListDetails,
  IconPin,
  IconRefresh,
  IconShieldCheck,
  IconTerminal2,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { call, useConnection } from '../rpc/connection'
import { openStructureDialog, type StructureDialog } from '../state/dialogs'
import { frozenReason } from '../state/edits'
import { reportProblem } from '../state/problems'
import { askAndClose, refreshStore, useSession } from '../state/session'
import { openTab } from '../state/tabs'
import { refreshChildren, type TreeNode } from '../state/tree'
import { consolidate } from '../structure/use-structure-commands'
import { copyText } from '../ui/copy-text'

/** Where the context menu of a row opens, in client pixels, and for which node. */
export interface RowMenuAt {
  x: number
  y: number
  node: TreeNode
}

/** The context menu of a row of the explorer, at the pointer or the row. */
export function RowMenu({ at, onClose }: { at: RowMenuAt | null; onClose: () => void }) {
  return (
    <Menu
      opened={at !== null}
      onChange={(opened) => {
        if (!opened) onClose()
      }}
      position="bottom-start"
      offset={2}
      width={210}
      // In a low window it stands beside its row rather than beyond the edge.
      middlewares={{ flip: true, shift: { crossAxis: true, padding: 6 } }}
      returnFocus
    >
      <Menu.Target>
        <span
          aria-hidden
          style={{
            position: 'fixed',
            left: at?.x ?? 0,
            top: at?.y ?? 0,
            width: 1,
            height: 1,
            pointerEvents: 'none',
          }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label="Node actions">{at && <Items node={at.node} />}</Menu.Dropdown>
    </Menu>
  )
}

function Items({ node }: { node: TreeNode }) {
  const { store, summary } = node
  const { path, kind } = summary
  const isRoot = path === ''
  const isGroup = kind === 'group'
  const parent = isGroup ? path : path.split('/').slice(0, -1).join('/')
  const frozen = frozenReason(store)
  const isDesktop = useConnection((s) => s.host?.kind === 'electron')
  const change = (label: string, Icon: typeof IconTrash, open: StructureDialog, always = false) => (
    <Menu.Item
      leftSection={<Icon size={14} />}
      disabled={frozen !== null && !always}
      title={always ? undefined : (frozen ?? undefined)}
      onClick={() => openStructureDialog(open)}
    >
      {label}
    </Menu.Item>
  )
  return (
    <>
      <Menu.Item leftSection={<IconExternalLink size={14} />} onClick={() => openTab(store, path)}>
        Open
      </Menu.Item>
      <Menu.Item leftSection={<IconPin size={14} />} onClick={() => openTab(store, path, { keep: true })}>
        Open and keep
      </Menu.Item>
      <Menu.Divider />
      {change('New array…', IconGridDots, { kind: 'newArray', store, path: parent })}
      {change('New group…', IconFolderPlus, { kind: 'newGroup', store, path: parent })}
      {change('Import…', IconFileImport, { kind: 'import', store, path: parent })}
      <Menu.Divider />
      {!isRoot && change('Rename…', IconCursorText, { kind: 'rename', store, path })}
      {!isRoot && change('Duplicate…', IconCopyPlus, { kind: 'duplicate', store, path })}
      {change('Copy/Convert to…', IconArrowsExchange, { kind: 'copy', store, path })}
      {change('Export…', IconFileExport, { kind: 'export', store, path }, true)}
      {!isRoot && change('Delete…', IconTrash, { kind: 'delete', store, path })}
      <Menu.Divider />
      {change('Verify…', IconShieldCheck, { kind: 'verify', store, path }, true)}
      {isGroup && (
        <Menu.Item
          leftSection={<IconListDetails size={14} />}
          disabled={frozen !== null}
          onClick={() => void consolidate(store, path)}
        >
          Consolidate metadata
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void copyText(`/${path}`)}>
        Copy path
      </Menu.Item>
      <Menu.Item
        leftSection={<IconBrandPython size={14} />}
        onClick={() => void copyText(openingPython(node))}
      >
        Copy as Python
      </Menu.Item>
      <Menu.Item
        leftSection={<IconTerminal2 size={14} />}
        onClick={() =>
          void copyText(`${shellLine('zarrscope', 'info', nodeWord(storePathOf(store), path))}\n`)
        }
      >
        Copy as command
      </Menu.Item>
      {isDesktop && (
        <Menu.Item
          leftSection={<IconFolderOpen size={14} />}
          onClick={() => {
            call('host.reveal', { store, path }).catch(reportProblem)
          }}
        >
          Reveal in file manager
        </Menu.Item>
      )}
      {(isGroup || isRoot) && (
        <Menu.Item
          leftSection={<IconRefresh size={14} />}
          onClick={() => (isRoot ? refreshStore(store) : refreshChildren(node.id))}
        >
          Refresh
        </Menu.Item>
      )}
      {isRoot && (
        <>
          <Menu.Divider />
          <Menu.Item leftSection={<IconX size={14} />} onClick={() => askAndClose(store)}>
            Close store
          </Menu.Item>
        </>
      )}
    </>
  )
}

const storePathOf = (store: string): string =>
  useSession.getState().stores.find(({ id }) => id === store)?.path ?? ''

/** What opens a node in zarr-python. */
function openingPython({ store, summary }: TreeNode): string {
  const where = summary.path === '' ? '' : `, path=${pythonString(summary.path)}`
  return `import zarr\n\nnode = zarr.open(${pythonString(storePathOf(store))}${where}, mode="r")\n`
}
