import { ActionIcon, Group, Menu, NativeSelect, NumberInput, Tooltip } from '@mantine/core'
import { IconClipboard, IconTargetArrow } from '@tabler/icons-react'
import type { DataType } from '@shared/dtype/data-type'
import type { CopyForm } from './copy-cells'
import type { NumberFormat } from './cell-text'
import type { TableStore } from './table-store'

interface Props {
  store: TableStore
  dtype: DataType
  onCopy: (as: CopyForm) => Promise<void>
  onGoTo: () => void
}

const FORMATS = [
  { value: 'auto', label: 'Auto' },
  { value: 'digits', label: 'Significant digits' },
  { value: 'scientific', label: 'Scientific' },
  { value: 'hex', label: 'Hex' },
  { value: 'raw', label: 'Raw bytes' },
]

/** Number format, copy, Go to. */
export function TableToolbar({ store, dtype, onCopy, onGoTo }: Props) {
  const { format, setFormat } = store()
  const numeric = ['int', 'uint', 'float', 'complex'].includes(dtype.spec.kind)
  const choose = (kind: string) =>
    setFormat(kind === 'digits' ? { kind, digits: 5 } : ({ kind } as NumberFormat))
  return (
    <Group gap={6} wrap="nowrap">
      <NativeSelect
        size="xs"
        aria-label="Number format"
        w={numeric ? 132 : 92}
        data={numeric ? FORMATS : FORMATS.filter((f) => f.value === 'auto' || f.value === 'raw')}
        value={format.kind}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {format.kind === 'digits' && (
        <NumberInput
          size="xs"
          w={64}
          aria-label="Digits"
          min={1}
          max={21}
          value={format.digits}
          onChange={(digits) => typeof digits === 'number' && setFormat({ kind: 'digits', digits })}
        />
      )}
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Tooltip label="Copy the selection">
            <ActionIcon variant="default" size={30} aria-label="Copy selection">
              <IconClipboard size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void onCopy('tsv')}>Copy as TSV</Menu.Item>
          <Menu.Item onClick={() => void onCopy('numpy')}>Copy as NumPy</Menu.Item>
          <Menu.Item onClick={() => void onCopy('json')}>Copy as JSON</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Tooltip label="Go to index (Ctrl+G)">
        <ActionIcon variant="default" size={30} aria-label="Go to index" onClick={onGoTo}>
          <IconTargetArrow size={16} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
