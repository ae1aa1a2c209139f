import { ActionIcon, Menu } from '@mantine/core'
import { IconDotsVertical } from '@tabler/icons-react'
import { printable } from '../ui/format'
import type { AttributeRow } from './rows'

/** What can be done with a row of the table. */
export interface RowEditing {
  /** In place where the value is a scalar, else in the dialog. */
  editValue: (row: AttributeRow) => void
  changeType: (row: AttributeRow) => void
  rename: (row: AttributeRow) => void
  /** A member of a container. */
  addInside: (row: AttributeRow) => void
  /** A sibling behind a row. */
  addAfter: (row: AttributeRow) => void
  move: (row: AttributeRow, by: 1 | -1) => void
  remove: (row: AttributeRow) => void
}

export const inList = ({ steps }: AttributeRow): boolean => typeof steps.at(-1) === 'number'

/** The menu of one row. */
export function RowActions({ row, editing }: { row: AttributeRow; editing: RowEditing }) {
  const item = (label: string, keys: string | null, act: (row: AttributeRow) => void, disabled = false) => (
    <Menu.Item disabled={disabled} rightSection={keys} onClick={() => act(row)}>
      {label}
    </Menu.Item>
  )
  return (
    <Menu position="bottom-end" width={230} keepMounted={false}>
      <Menu.Target>
        <ActionIcon size="sm" color="gray" aria-label={`Actions of ${printable(row.key)}`} title="Edit…">
          <IconDotsVertical size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {item('Edit value', 'F2', editing.editValue)}
        {item('Change type…', null, editing.changeType)}
        {!inList(row) && item('Rename', null, editing.rename)}
        <Menu.Divider />
        {row.count !== null && item('Add inside…', null, editing.addInside)}
        {inList(row) && item('Insert after…', null, editing.addAfter)}
        {item('Move up', 'Alt+↑', (r) => editing.move(r, -1), row.index === 0)}
        {item('Move down', 'Alt+↓', (r) => editing.move(r, 1), row.index === row.siblings - 1)}
        <Menu.Divider />
        {item('Delete', 'Del', editing.remove)}
      </Menu.Dropdown>
    </Menu>
  )
}
