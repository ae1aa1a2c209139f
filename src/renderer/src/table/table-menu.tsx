import { Menu } from '@mantine/core'
import {
  IconClipboard,
  IconClipboardText,
  IconEraser,
  IconFocus2,
  IconPaint,
  IconPencil,
  IconSearch,
} from '@tabler/icons-react'
import type { CommandId } from '@shared/rpc/commands'
import type { ReactNode } from 'react'
import { isMac } from '../app/use-hotkeys'
import { keysOf, runCommand } from '../app/commands'
import { printKeys } from '../app/keys'
import type { CopyForm } from './copy-form'
import classes from './grid.module.css'

interface Props {
  /** Client pixels; null while it is closed. */
  at: { x: number; y: number } | null
  /** Nothing can be edited here, for this reason. */
  frozen: string | null
  onClose: () => void
  onEdit: () => void
  onCopy: (form: CopyForm) => void
  onShowChunk: () => void
  /** "Copy as command" and "Copy as Python" of the selection. */
  scripts: ReactNode
}

/** What can be done with the selected cells. */
export function TableMenu({ at, frozen, onClose, ...props }: Props) {
  const isFrozen = frozen !== null
  return (
    <Menu
      opened={at !== null}
      onChange={(opened) => !opened && onClose()}
      position="bottom-start"
      offset={2}
      width={240}
      returnFocus
      // The key that opens it must not close it again.
      clickOutsideEvents={['mousedown', 'touchstart']}
    >
      <Menu.Target>
        <span aria-hidden className={classes['menuAt']} style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label="Cell actions">
        <Menu.Item
          leftSection={<IconPencil size={14} />}
          rightSection={<Keys text="F2" />}
          disabled={isFrozen}
          onClick={props.onEdit}
        >
          Edit
        </Menu.Item>
        <Menu.Divider />
        <CommandItem id="edit.copy" Icon={IconClipboard} label="Copy" />
        <Menu.Item onClick={() => props.onCopy('shown')}>Copy as shown</Menu.Item>
        <Menu.Item onClick={() => props.onCopy('numpy')}>Copy as NumPy</Menu.Item>
        <Menu.Item onClick={() => props.onCopy('json')}>Copy as JSON</Menu.Item>
        {props.scripts}
        <CommandItem id="edit.paste" Icon={IconClipboardText} label="Paste" disabled={isFrozen} />
        <Menu.Divider />
        <CommandItem id="edit.fill" Icon={IconPaint} label="Fill…" disabled={isFrozen} />
        <Menu.Item
          leftSection={<IconEraser size={14} />}
          rightSection={<Keys text="Delete" />}
          disabled={isFrozen}
          onClick={() => runCommand('edit.clear')}
        >
          Clear to fill value
        </Menu.Item>
        <CommandItem id="edit.find" Icon={IconSearch} label="Find and replace…" />
        <CommandItem id="array.goToIndex" Icon={IconFocus2} label="Go to index…" />
        <Menu.Divider />
        <Menu.Item onClick={props.onShowChunk}>Show chunk</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function CommandItem({
  id,
  Icon,
  label,
  disabled = false,
}: {
  id: CommandId
  Icon: typeof IconSearch
  label: string
  disabled?: boolean
}) {
  const keys = keysOf(id)
  return (
    <Menu.Item
      leftSection={<Icon size={14} />}
      rightSection={keys === undefined ? undefined : <Keys text={printKeys(keys, isMac)} />}
      disabled={disabled}
      onClick={() => runCommand(id)}
    >
      {label}
    </Menu.Item>
  )
}

const Keys = ({ text }: { text: string }) => <span className={classes['keys']}>{text}</span>
