import { useDebouncedValue } from '@mantine/hooks'
import type { BlockPart } from '@shared/model/block'
import { useRequest } from '../rpc/use-request'
import type { CellSelection } from '../state/selection'
import { CopyButton } from '../ui/copy-button'
import { formatBytes, formatRatio, formatRegion, printable, shorten } from '../ui/format'
import { ErrorNote } from '../ui/states'
import classes from './inspector.module.css'
import { Fact, Facts, Section } from './section'

const STATES: Record<BlockPart['state'], string> = {
  stored: 'stored',
  missing: 'missing chunk, shows the fill value',
  error: 'cannot be decoded',
  edited: 'edited',
}

/** Index, value and raw bytes of the focused cell, and the chunk it comes from. */
export function CellSection({ selection, cell }: { selection: CellSelection; cell: number[] }) {
  const { part, value, raw } = selection
  // What its block holds in its place means nothing.
  const isDamaged = part?.state === 'error'
  const field = selection.field === null ? '' : `.${selection.field}`
  const index = `[${cell.join(', ')}]${field}`
  return (
    <>
      <Section title="Cell" aside={!isDamaged && <CopyButton text={value ?? ''} label="Copy value" />}>
        <div className={classes['index']}>{index}</div>
        <output className={classes['value']} aria-label="Value">
          {isDamaged ? '—' : value === null ? '…' : printable(shorten(value, 2000))}
        </output>
        <Facts>
          {part && (
            <Fact name="state" wrap>
              {STATES[part.state]}
            </Fact>
          )}
          {raw !== null && !isDamaged && (
            <Fact name="raw" title={raw}>
              {shorten(raw, 66)}
            </Fact>
          )}
        </Facts>
        {isDamaged && <ErrorNote error={part.error ?? 'The chunk cannot be decoded.'} compact />}
      </Section>
      {part && <ChunkSection store={selection.store} path={selection.path} part={part} />}
    </>
  )
}

/** The chunk is decoded once more for its sizes, so only after the focus has rested. */
function ChunkSection({ store, path, part }: { store: string; path: string; part: BlockPart }) {
  const coords = part.coords.join(',')
  const [rested] = useDebouncedValue(coords, 200)
  const input = rested === coords ? { store, path, coords: part.coords } : null
  const { status, data, error, retry } = useRequest('array.chunk', input)
  return (
    <Section title="Chunk">
      <Facts>
        <Fact name="coordinates">({part.coords.join(', ')})</Fact>
        <Fact name="key" wrap>
          {printable(part.key)}
        </Fact>
        {data && (
          <>
            <Fact name="region" wrap>
              {formatRegion(data.start, data.shape)}
            </Fact>
            <Fact name="bytes">
              {formatBytes(data.rawBytes)} →{' '}
              {data.state === 'missing' ? 'missing' : formatBytes(data.storedBytes)}
            </Fact>
            {data.state !== 'missing' && (
              <Fact name="ratio">{formatRatio(data.rawBytes, data.storedBytes)}</Fact>
            )}
          </>
        )}
      </Facts>
      {status === 'error' && <ErrorNote error={error} onRetry={retry} compact />}
    </Section>
  )
}
