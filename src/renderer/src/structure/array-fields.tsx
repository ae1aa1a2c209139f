import { Select, Textarea, TextInput } from '@mantine/core'
import type { ArrayField } from '@shared/model/preview'
import { type ArrayText, DEFAULT_COMPRESSOR } from './array-form'
import classes from './structure.module.css'

interface ArrayFieldsProps {
  value: ArrayText
  onChange: (value: ArrayText) => void
  /** The first thing that is wrong, at its field. */
  error: { field: ArrayField; message: string } | null
  /** A store of its own has no name inside. */
  named: boolean
  formats: ArrayText['zarrFormat'][]
}

/** The fields of a new array. */
export function ArrayFields({ value, onChange, error, named, formats }: ArrayFieldsProps) {
  const set = (change: Partial<ArrayText>): void => onChange({ ...value, ...change })
  const at = (field: ArrayField): string | null => (error?.field === field ? error.message : null)
  const text = (field: keyof ArrayText & ArrayField, label: string, placeholder = '') => (
    <TextInput
      className={classes['mono'] ?? ''}
      label={label}
      placeholder={placeholder}
      value={value[field]}
      error={at(field)}
      onChange={(e) => set({ [field]: e.currentTarget.value })}
      spellCheck={false}
      data-autofocus={field === 'name' || undefined}
    />
  )
  function setFormat(format: string | null): void {
    const zarrFormat = formats.find((one) => one === format) ?? value.zarrFormat
    const isDefault = value.compressor === DEFAULT_COMPRESSOR[value.zarrFormat]
    set({ zarrFormat, ...(isDefault ? { compressor: DEFAULT_COMPRESSOR[zarrFormat] } : {}) })
  }
  return (
    <div className={classes['fields']}>
      {named && <div className={classes['wide']}>{text('name', 'Name', 'temperature')}</div>}
      {text('shape', 'Shape', '365, 721, 1440')}
      <TextInput
        className={classes['mono'] ?? ''}
        label="Data type"
        list="structure-dtypes"
        placeholder="float32, U10, M8[ns], string"
        value={value.dtype}
        error={at('dtype')}
        onChange={(e) => set({ dtype: e.currentTarget.value })}
        spellCheck={false}
      />
      <datalist id="structure-dtypes">
        {['float32', 'float64', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'bool', 'complex64'].map(
          (name) => (
            <option key={name} value={name} />
          ),
        )}
        {['string', 'U10', 'S10', 'M8[ns]', 'm8[s]', '[["x", "<f4"], ["y", "<f4"]]'].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {text('chunks', 'Chunks', 'auto, or 100, none')}
      {text('shards', 'Shards', 'none')}
      {text('fillValue', 'Fill value', 'none leaves it undefined')}
      <Select
        label="Order"
        allowDeselect={false}
        data={['C', 'F']}
        value={value.order}
        onChange={(order) => set({ order: order === 'F' ? 'F' : 'C' })}
      />
      {text('compressor', 'Compressor', 'zstd:3, blosc:lz4:5, none')}
      {text('filters', 'Filters', 'delta, bitround:10')}
      <Select
        label="Format"
        allowDeselect={false}
        data={formats}
        value={value.zarrFormat}
        error={at('zarrFormat')}
        onChange={setFormat}
      />
      <Select
        label="Separator"
        placeholder="the format's own"
        clearable
        data={['.', '/']}
        value={value.separator || null}
        onChange={(separator) => set({ separator: separator ?? '' })}
      />
      <div className={classes['wide']}>{text('dimensionNames', 'Dimension names', 'time, lat, lon')}</div>
      <Textarea
        className={`${classes['wide']} ${classes['mono']}`}
        size="xs"
        label="Attributes"
        placeholder='{"units": "K"}'
        autosize
        minRows={2}
        maxRows={5}
        value={value.attributes}
        error={at('attributes')}
        onChange={(e) => set({ attributes: e.currentTarget.value })}
        spellCheck={false}
      />
    </div>
  )
}
