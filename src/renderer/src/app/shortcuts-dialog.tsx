import { Kbd, Modal, Table } from '@mantine/core'
import { commandEntries } from '@shared/rpc/commands'
import { useDialogs } from '../state/dialogs'
import { allKeysOf, isKnown } from './commands'
import { printKeys } from './keys'
import { isMac } from './use-hotkeys'

/** Keys of the places that handle their own. */
const LOCAL: readonly [string, string][] = [
  ['Explorer: next, previous row', '↑ ↓'],
  ['Explorer: open a group, close it or go to its parent', '→ ←'],
  ['Explorer: first, last row', 'Home End'],
  ['Explorer: jump to a name', 'type it'],
  ['Explorer: open and keep', 'Enter'],
  ['Chunk map: move the selection', '↑ ↓ ← →'],
  ['Chunk map: zoom in, out, fit', '+ − 0'],
  ['Chunk map: pan', 'Shift + ↑ ↓ ← →'],
  ['Chunk map: show the region of the chunk as data', 'Enter'],
]

/** Every key and what it does. */
export function ShortcutsDialog() {
  const opened = useDialogs((s) => s.shortcuts)
  return (
    <Modal
      opened={opened}
      onClose={() => useDialogs.setState({ shortcuts: false })}
      title="Keyboard shortcuts"
      size="md"
    >
      <Table verticalSpacing={3} withRowBorders={false}>
        <Table.Tbody>
          {opened &&
            commandEntries()
              .filter(([id]) => isKnown(id) && allKeysOf(id).length > 0)
              .map(([id, { title }]) => (
                <Row key={id} label={title} keys={allKeysOf(id).map((k) => printKeys(k, isMac))} />
              ))}
          {LOCAL.map(([label, keys]) => (
            <Row key={label} label={label} keys={[keys]} />
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}

function Row({ label, keys }: { label: string; keys: readonly string[] }) {
  return (
    <Table.Tr>
      <Table.Td>{label}</Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
        {keys.map((k) => (
          <Kbd key={k} size="xs" ml={6}>
            {k}
          </Kbd>
        ))}
      </Table.Td>
    </Table.Tr>
  )
}
