import { ActionIcon, Group, Menu, NativeSelect, NumberInput, Tooltip } from '@mantine/core'
import { IconClipboard, IconDots, IconPalette, IconSearch, IconTargetArrow } from '@tabler/icons-react'
import type { DataType } from '@shared/dtype/data-type'
import { runCommand } from '../app/commands'
import { ToolButton } from '../ui/tool-button'
import type { Decoding } from './cell-display'
import type { ColorRange } from './color-range'
import type { NumberFormat } from './cell-text'
import { useCopyOptions } from './copy-cells'
import type { CopyForm } from './copy-form'
import classes from './grid.module.css'
import type { TableStore } from './table-store'

interface Props {
  store: TableStore
  dtype: DataType
  /** What the attributes say of stored numbers. */
  decoding: Decoding | null
  colorRange: ColorRange | null
  /** Why nothing can be edited; null where it can. */
  frozen: string | null
  onCopy: (as: CopyForm) => void
}

const FORMATS = [
  { value: 'auto', label: 'Auto' },
  { value: 'digits', label: 'Significant digits' },
  { value: 'scientific', label: 'Scientific' },
  { value: 'hex', label: 'Hex' },
  { value: 'raw', label: 'Raw bytes' },
]

const NUMERIC: ReadonlySet<string> = new Set(['int', 'uint', 'float', 'complex'])
const COLORED: ReadonlySet<string> = new Set([...NUMERIC, 'bool', 'datetime', 'timedelta'])

/** How cells are shown, and what can be done with the selected ones. */
export function TableToolbar(props: Props) {
  const { store, dtype, decoding, colorRange, frozen, onCopy } = props
  const units = decoding?.units ?? ''
  const { format, setFormat, decode, setDecode, colors, setColors } = store()
  const numeric = NUMERIC.has(dtype.spec.kind)
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
          onChange={(digits) =>
            typeof digits === 'number' && digits >= 1 && digits <= 21 && setFormat({ kind: 'digits', digits })
          }
        />
      )}
      {decoding && (
        <NativeSelect
          size="xs"
          w={decode && units !== '' ? 140 : 104}
          aria-label="Values"
          title="Stored numbers, or what they stand for by scale_factor, add_offset, units and _FillValue"
          data={[
            { value: 'stored', label: 'Stored' },
            { value: 'decoded', label: units === '' ? 'Decoded' : `Decoded, ${units}` },
          ]}
          value={decode ? 'decoded' : 'stored'}
          onChange={(event) => setDecode(event.currentTarget.value === 'decoded')}
        />
      )}
      {COLORED.has(dtype.spec.kind) && (
        <ToolButton
          label="Colour cells by value"
          hint={
            colorRange ? `Coloured from ${colorRange.low} to ${colorRange.high}` : 'Colour cells by value'
          }
          pressed={colors}
          onClick={() => setColors(!colors)}
        >
          <IconPalette size={16} />
        </ToolButton>
      )}
      <CopyMenu onCopy={onCopy} />
      <ToolButton
        label="Find and replace"
        hint="Find and replace (Ctrl+F)"
        onClick={() => runCommand('edit.find')}
      >
        <IconSearch size={16} />
      </ToolButton>
      <ToolButton
        label="Go to index"
        hint="Go to index (Ctrl+G)"
        onClick={() => runCommand('array.goToIndex')}
      >
        <IconTargetArrow size={16} />
      </ToolButton>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Tooltip label="Change the selection">
            <ActionIcon variant="default" size={30} aria-label="Change selection">
              <IconDots size={16} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          {frozen !== null && <Menu.Label className={classes['frozen']}>{frozen}</Menu.Label>}
          <Menu.Item disabled={frozen !== null} onClick={() => runCommand('edit.fill')}>
            Fill…
          </Menu.Item>
          <Menu.Item disabled={frozen !== null} onClick={() => runCommand('edit.clear')}>
            Clear to fill value
          </Menu.Item>
          <Menu.Item disabled={frozen !== null} onClick={() => runCommand('edit.paste')}>
            Paste
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

function CopyMenu({ onCopy }: { onCopy: (as: CopyForm) => void }) {
  const { headers, guard } = useCopyOptions()
  return (
    <Menu position="bottom-end" withinPortal width={250}>
      <Menu.Target>
        <Tooltip label="Copy the selection">
          <ActionIcon variant="default" size={30} aria-label="Copy selection">
            <IconClipboard size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onCopy('tsv')}>Copy as TSV</Menu.Item>
        <Menu.Item onClick={() => onCopy('shown')}>Copy as shown</Menu.Item>
        <Menu.Item onClick={() => onCopy('numpy')}>Copy as NumPy</Menu.Item>
        <Menu.Item onClick={() => onCopy('json')}>Copy as JSON</Menu.Item>
        <Menu.Divider />
        <Menu.CheckboxItem
          checked={headers}
          closeMenuOnClick={false}
          onChange={() => useCopyOptions.setState({ headers: !headers })}
        >
          With headers
        </Menu.CheckboxItem>
        <Menu.CheckboxItem
          checked={guard}
          closeMenuOnClick={false}
          onChange={() => useCopyOptions.setState({ guard: !guard })}
        >
          Guard texts like formulas
        </Menu.CheckboxItem>
      </Menu.Dropdown>
    </Menu>
  )
}
