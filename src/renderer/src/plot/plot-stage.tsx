import { Button, Group, Menu, Progress } from '@mantine/core'
import { IconDownload, IconMaximize, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Cancelled, ErrorNote, Loading } from '../ui/states'
import { ToolButton } from '../ui/tool-button'
import classes from './plot.module.css'

/** How the reading behind a plot stands. */
export interface Reading {
  status: 'loading' | 'done' | 'error' | 'cancelled'
  error: unknown
  /** Share done, where it is known. */
  share: number | null
  retry: () => void
  cancel: () => void
}

export type ExportFormat = 'png' | 'svg' | 'csv'

interface Props {
  /** "Reading the values". */
  what: string
  reading: Reading
  /** Null while there is nothing to show yet. */
  figure: ReactNode
  /** What the person should know about what is shown. */
  notes: ReactNode[]
  /** Further controls of this kind of plot. */
  controls?: ReactNode
  /** Reads more for a finer picture; null where it is as fine as can be. */
  onFiner?: (() => void) | null
  onZoom: (factor: number) => void
  /** Null where all is shown. */
  onReset: (() => void) | null
  onExport: (format: ExportFormat) => void
}

const EXPORTS: { format: ExportFormat; label: string }[] = [
  { format: 'png', label: 'PNG picture' },
  { format: 'svg', label: 'SVG picture' },
  { format: 'csv', label: 'CSV values' },
]

/** The figure with what belongs to every plot: zoom, export, notes, and the state of the reading behind it. */
export function PlotStage(props: Props) {
  const { what, reading, figure, notes, controls, onFiner, onZoom, onReset, onExport } = props
  const { status, error, share, retry, cancel } = reading
  return (
    <div className={classes['stage']}>
      <div className={classes['stageBar']}>
        {controls}
        <Group gap={4} wrap="nowrap" ml="auto">
          <ToolButton label="Zoom in" onClick={() => onZoom(0.5)} disabled={figure === null}>
            <IconZoomIn size={16} />
          </ToolButton>
          <ToolButton label="Zoom out" onClick={() => onZoom(2)} disabled={onReset === null}>
            <IconZoomOut size={16} />
          </ToolButton>
          <ToolButton label="Show all" onClick={() => onReset?.()} disabled={onReset === null}>
            <IconMaximize size={16} />
          </ToolButton>
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={14} />} disabled={figure === null}>
                Export
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {EXPORTS.map(({ format, label }) => (
                <Menu.Item key={format} onClick={() => onExport(format)}>
                  {label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </Group>
      </div>
      {status === 'error' && <ErrorNote error={error} onRetry={retry} />}
      {status === 'cancelled' && <Cancelled what={what} onRetry={retry} />}
      {figure !== null && status === 'loading' && <Refreshing {...{ what, share, cancel }} />}
      {figure ?? (status === 'loading' && <FirstReading {...{ what, share, cancel }} />)}
      {notes.length > 0 && figure !== null && (
        <ul className={classes['notes']} aria-label="Notes">
          {notes.map((note, i) => (
            <li key={i}>{note}</li>
          ))}
          {onFiner && (
            <li>
              <Button size="compact-xs" variant="default" onClick={onFiner}>
                Read finer
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}

interface ProgressProps {
  what: string
  share: number | null
  cancel: () => void
}

function FirstReading({ what, share, cancel }: ProgressProps) {
  return (
    <div className={classes['waiting']}>
      <Loading what={what} onCancel={cancel} />
      {share !== null && <Bar what={what} share={share} />}
    </div>
  )
}

function Refreshing({ what, share, cancel }: ProgressProps) {
  return (
    <div className={classes['refreshing']}>
      <span>{what}…</span>
      {share !== null && <Bar what={what} share={share} />}
      <Button size="compact-xs" variant="default" onClick={cancel}>
        Cancel
      </Button>
    </div>
  )
}

function Bar({ what, share }: { what: string; share: number }) {
  return (
    <Progress.Root size="sm" className={classes['progress'] ?? ''}>
      <Progress.Section value={share * 100} aria-label={what} />
    </Progress.Root>
  )
}
