import { Button, NativeSelect, Text, TextInput } from '@mantine/core'
import { pick } from '../state/pick'
import classes from './editor.module.css'
import type { FillKind, FillTexts } from './fill-form'

interface Props {
  kind: FillKind
  texts: FillTexts
  onChange: (texts: FillTexts) => void
  rank: number
  dimensionNames: readonly (string | null)[] | null
}

/** The questions of one way of filling. */
export function FillFields({ kind, texts, onChange, rank, dimensionNames }: Props) {
  const field = (
    key: Exclude<keyof FillTexts, 'file' | 'distribution'>,
    label: string,
    description?: string,
  ) => (
    <TextInput
      key={key}
      label={label}
      description={description}
      value={texts[key]}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: classes['mono'] ?? '' }}
      onChange={(event) => onChange({ ...texts, [key]: event.currentTarget.value })}
    />
  )
  switch (kind) {
    case 'constant':
      return field('constant', 'Value')
    case 'arange':
      return (
        <div className={classes['pair']}>
          {field('start', 'Start')}
          {field('step', 'Step')}
        </div>
      )
    case 'linspace':
      return (
        <div className={classes['pair']}>
          {field('start', 'First')}
          {field('stop', 'Last')}
        </div>
      )
    case 'random': {
      const isNormal = texts.distribution === 'normal'
      return (
        <>
          <NativeSelect
            size="xs"
            label="Distribution"
            value={texts.distribution}
            data={[
              { value: 'uniform', label: 'Uniform' },
              { value: 'normal', label: 'Normal' },
            ]}
            onChange={(event) =>
              onChange({
                ...texts,
                distribution: event.currentTarget.value === 'normal' ? 'normal' : 'uniform',
              })
            }
          />
          <div className={classes['pair']}>
            {field('low', isNormal ? 'Mean' : 'From')}
            {field('high', isNormal ? 'Standard deviation' : 'To')}
            {field('seed', 'Seed')}
          </div>
        </>
      )
    }
    case 'expression': {
      const names = (dimensionNames ?? []).filter((name) => name !== null)
      const indices =
        rank === 0 ? '' : rank === 1 ? '; i0 is its index' : `; i0 to i${rank - 1} are its indices`
      const named = names.length > 0 ? `, also by name (${names.join(', ')})` : ''
      return field(
        'expression',
        'Expression',
        `x is the present value${indices}${named}. Python's syntax with NumPy's functions: where(isnan(x), 0, x).`,
      )
    }
    case 'file':
      return (
        <div className={classes['file']}>
          <Button
            variant="default"
            onClick={() =>
              void pick({ kind: 'file', extensions: ['npy', 'csv'] }).then((file) => {
                if (file) onChange({ ...texts, file })
              })
            }
          >
            Choose file…
          </Button>
          <Text size="xs" truncate title={texts.file?.path}>
            {texts.file?.path ?? '.npy or .csv; its shape is broadcast to the region'}
          </Text>
        </div>
      )
  }
}
