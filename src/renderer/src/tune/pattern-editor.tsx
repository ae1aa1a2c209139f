import { ActionIcon, Button, Menu, NumberInput, TextInput } from '@mantine/core'
import type { WindowPattern } from '@shared/trials/preset-patterns'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { draftOf, nextId, type ParsedPattern, type PatternDraft } from './pattern-drafts'
import classes from './tune.module.css'

/** How the array is read, and how often compared with the other ways. */
export function PatternEditor({
  drafts,
  parsed,
  known,
  onChange,
  onReset,
}: {
  drafts: readonly PatternDraft[]
  parsed: readonly ParsedPattern[]
  /** Presets by the dimensions of the array. */
  known: readonly WindowPattern[]
  onChange: (drafts: PatternDraft[]) => void
  onReset: () => void
}) {
  const add = (draft: PatternDraft): void => onChange([...drafts, draft])
  const id = nextId(drafts)
  const rest = known.filter(({ name }) => !drafts.some((draft) => draft.name === name))
  return (
    <section aria-label="Access patterns" className={classes['block']}>
      <div className={classes['row']}>
        <h2>Access patterns</h2>
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="compact-xs" variant="default" leftSection={<IconPlus size={12} />}>
              Add pattern
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((pattern) => (
              <Menu.Item key={pattern.name} onClick={() => add(draftOf(pattern, id))}>
                {pattern.name}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => add({ id, kind: 'window', text: '1', weight: 1, name: null })}>
              a window at any place
            </Menu.Item>
            <Menu.Item onClick={() => add({ id, kind: 'slice', text: '0', weight: 1, name: null })}>
              one slice
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onReset}>
          Usual patterns
        </Button>
      </div>
      {drafts.length === 0 && (
        <p className={classes['note']}>Without a pattern there is nothing to reckon: add one.</p>
      )}
      <ul className={classes['patterns']}>
        {drafts.map((draft, i) => (
          <PatternRow
            key={draft.id}
            number={i + 1}
            draft={draft}
            parsed={parsed[i]!}
            onChange={(change) =>
              onChange(drafts.map((one) => (one.id === draft.id ? { ...one, ...change } : one)))
            }
            onRemove={() => onChange(drafts.filter((one) => one.id !== draft.id))}
          />
        ))}
      </ul>
    </section>
  )
}

function PatternRow({
  number,
  draft,
  parsed,
  onChange,
  onRemove,
}: {
  number: number
  draft: PatternDraft
  parsed: ParsedPattern
  onChange: (change: Partial<PatternDraft>) => void
  onRemove: () => void
}) {
  const id = useId()
  const { kind, text, weight, name } = draft
  const label = name ?? (kind === 'window' ? 'window at any place' : 'one slice')
  const { problem, position } = parsed
  return (
    <li>
      <span className={classes['patternName']} title={label}>
        {label}
      </span>
      <TextInput
        className={classes['patternText'] ?? ''}
        aria-label={
          kind === 'window' ? `Pattern ${number}, items along each dimension` : `Pattern ${number}, slice`
        }
        title={
          kind === 'window'
            ? 'Items taken along each dimension, at any position; None is the whole dimension'
            : 'A selection in NumPy syntax; dimension names may be used'
        }
        leftSection={kind === 'slice' ? <span className={classes['dim']}>[</span> : null}
        rightSection={kind === 'slice' ? <span className={classes['dim']}>]</span> : null}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : id}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => onChange({ text: event.currentTarget.value, name: null })}
      />
      <span className={classes['fieldLabel']} aria-hidden>
        weight
      </span>
      <NumberInput
        w={64}
        aria-label={`Pattern ${number}, weight`}
        min={0}
        allowNegative={false}
        value={weight}
        onChange={(value) => {
          if (typeof value === 'number') onChange({ weight: value })
        }}
      />
      <ActionIcon
        size={22}
        color="gray"
        aria-label={`Remove pattern ${number}`}
        title="Remove"
        onClick={onRemove}
      >
        <IconX size={13} />
      </ActionIcon>
      {problem !== undefined && (
        <span id={id} role="alert" className={classes['problem']}>
          {position === undefined ? '' : `Character ${position + 1}: `}
          {problem}
        </span>
      )}
    </li>
  )
}
