import { Select, TextInput } from '@mantine/core'
import type { LayoutChange } from '@shared/model/jobs'
import { lengthsText, parseFilters, parseLengths } from './layout-text'
import classes from './structure.module.css'

/** A layout as it is typed; what is empty stays as it is. */
export interface LayoutText {
  chunks: string
  shards: string
  compressor: string
  filters: string
  order: string
  dtype: string
  fillValue: string
  separator: string
  zarrFormat: string
}

export const EMPTY_LAYOUT: LayoutText = {
  chunks: '',
  shards: '',
  compressor: '',
  filters: '',
  order: '',
  dtype: '',
  fillValue: '',
  separator: '',
  zarrFormat: '',
}

export const layoutText = (layout: LayoutChange): LayoutText => ({
  chunks: layout.chunks ? lengthsText(layout.chunks) : '',
  shards: layout.shards ? lengthsText(layout.shards) : layout.shards === null ? 'none' : '',
  compressor: layout.compressor === null ? 'none' : (layout.compressor ?? ''),
  filters: layout.filters ? layout.filters.join(' ') || 'none' : '',
  order: layout.order ?? '',
  dtype: layout.dtype ?? '',
  fillValue: layout.fillValue ?? '',
  separator: layout.separator ?? '',
  zarrFormat: layout.zarrFormat === undefined ? '' : String(layout.zarrFormat),
})

/** The change that was typed; null while a field says something that is none. */
export function layoutChange(text: LayoutText): LayoutChange | null {
  const chunks = parseLengths(text.chunks, { none: true })
  const shards = parseLengths(text.shards, { none: true })
  if ('wrong' in chunks || ('wrong' in shards && text.shards.trim() !== 'none')) return null
  const isNone = text.shards.trim().toLowerCase() === 'none'
  return {
    ...(chunks.value.length > 0 ? { chunks: chunks.value } : {}),
    ...(isNone
      ? { shards: null }
      : 'value' in shards && shards.value.length > 0
        ? { shards: shards.value }
        : {}),
    ...(text.compressor.trim() === ''
      ? {}
      : { compressor: text.compressor.trim() === 'none' ? null : text.compressor.trim() }),
    ...(text.filters.trim() === ''
      ? {}
      : { filters: text.filters.trim() === 'none' ? [] : parseFilters(text.filters) }),
    ...(text.order === 'C' || text.order === 'F' ? { order: text.order } : {}),
    ...(text.dtype.trim() === '' ? {} : { dtype: text.dtype.trim() }),
    ...(text.fillValue === '' ? {} : { fillValue: text.fillValue }),
    ...(text.separator === '.' || text.separator === '/' ? { separator: text.separator } : {}),
    ...(text.zarrFormat === '' ? {} : { zarrFormat: Number(text.zarrFormat) as 1 | 2 | 3 }),
  }
}

interface LayoutFieldsProps {
  value: LayoutText
  onChange: (value: LayoutText) => void
  /** Of one array, whose chunks can be chosen. */
  isArray: boolean
  inPlace: boolean
  /** What the array has now, shown where nothing is typed. */
  present?: { chunks: number[]; shards: number[] | null; dtype: string } | undefined
}

export function LayoutFields({ value, onChange, isArray, inPlace, present }: LayoutFieldsProps) {
  const set = (change: Partial<LayoutText>): void => onChange({ ...value, ...change })
  const wrong = (text: string): string | null => {
    const parsed = parseLengths(text, { none: true })
    return 'wrong' in parsed ? parsed.wrong : null
  }
  const text = (field: keyof LayoutText, label: string, placeholder: string, error: string | null = null) => (
    <TextInput
      className={classes['mono'] ?? ''}
      label={label}
      placeholder={placeholder}
      value={value[field]}
      error={error}
      onChange={(e) => set({ [field]: e.currentTarget.value })}
      spellCheck={false}
      // Of a copy, the place comes first.
      data-autofocus={(inPlace && field === 'chunks') || undefined}
    />
  )
  const choice = (field: keyof LayoutText, label: string, data: string[]) => (
    <Select
      label={label}
      placeholder="as it is"
      clearable
      data={data}
      value={value[field] || null}
      onChange={(chosen) => set({ [field]: chosen ?? '' })}
    />
  )
  return (
    <div className={classes['fields']}>
      {isArray &&
        text('chunks', 'Chunks', present ? lengthsText(present.chunks) : 'as they are', wrong(value.chunks))}
      {isArray &&
        text(
          'shards',
          'Shards',
          present?.shards ? lengthsText(present.shards) : 'none',
          value.shards.trim() === 'none' ? null : wrong(value.shards),
        )}
      {text('compressor', 'Compressor', 'as it is; zstd:3, gzip:6, none')}
      {text('filters', 'Filters', 'as they are; delta, none')}
      {choice('order', 'Order', ['C', 'F'])}
      {text('dtype', 'Data type', present?.dtype ?? 'as it is')}
      {text('fillValue', 'Fill value', 'as it is')}
      {choice('separator', 'Separator', ['.', '/'])}
      {!inPlace && choice('zarrFormat', 'Format', ['3', '2', '1'])}
    </div>
  )
}
