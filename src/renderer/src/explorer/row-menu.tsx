import { Menu } from '@mantine/core'
import { IconCopy, IconExternalLink, IconPin, IconRefresh, IconX } from '@tabler/icons-react'
import { closeStore, refreshStore } from '../state/session'
import { openTab } from '../state/tabs'
import { refreshChildren, type TreeNode } from '../state/tree'
import { copyText } from '../ui/copy-text'

/** Where the context menu of a row opens, in client pixels, and for which node. */
export interface RowMenuAt {
  x: number
  y: number
  node: TreeNode
}

export function RowMenu({ at, onClose }: { at: RowMenuAt | null; onClose: () => void }) {
  return (
    <Menu
      opened={at !== null}
      onChange={(opened) => {
        if (!opened) onClose()
      }}
      position="bottom-start"
      offset={2}
      width={190}
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
  const isRoot = summary.path === ''
  return (
    <>
      <Menu.Item leftSection={<IconExternalLink size={14} />} onClick={() => openTab(store, summary.path)}>
        Open
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPin size={14} />}
        onClick={() => openTab(store, summary.path, { keep: true })}
      >
        Open and keep
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void copyText(`/${summary.path}`)}>
        Copy path
      </Menu.Item>
      {(summary.kind === 'group' || isRoot) && (
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
          <Menu.Item leftSection={<IconX size={14} />} onClick={() => void closeStore(store)}>
            Close store
          </Menu.Item>
        </>
      )}
    </>
  )
}
