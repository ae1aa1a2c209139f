import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useId } from 'react'
import classes from './tune.module.css'

/** Shapes that are typed, beside those that are generated; the table follows each key. */
export function ShapeEditor({
  typed,
  problem,
  shapes,
  generated,
  sharded,
  onTyped,
  onShapes,
  onKeep,
  onGenerated,
}: {
  typed: string
  problem: string | undefined
  shapes: readonly string[]
  generated: boolean
  /** The array's format has shards. */
  sharded: boolean
  onTyped: (text: string) => void
  onShapes: (shapes: string[]) => void
  onKeep: () => void
  onGenerated: (generated: boolean) => void
}) {
  const id = useId()
  const ready = typed.trim() !== '' && problem === undefined
  return (
    <section aria-label="Shapes" className={classes['block']}>
      <div className={classes['row']}>
        <h2>Shapes</h2>
        <Checkbox
          size="xs"
          label="generated"
          aria-label="Generated shapes"
          checked={generated}
          onChange={(event) => onGenerated(event.currentTarget.checked)}
        />
        <TextInput
          className={classes['shapeText'] ?? ''}
          aria-label="Chunk shape"
          placeholder={sharded ? '10, None, 100 / 100, None, 1000' : '10, None, 100'}
          title={`Chunk lengths joined by commas; None is the whole dimension${sharded ? '; shards behind a slash' : ''}`}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : id}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => onTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && ready) onKeep()
          }}
        />
        <Button size="compact-xs" variant="default" disabled={!ready} onClick={onKeep}>
          Keep shape
        </Button>
        {shapes.map((shape) => (
          <span key={shape} className={classes['shape']}>
            {shape}
            <ActionIcon
              size={16}
              color="gray"
              aria-label={`Remove shape ${shape}`}
              title="Remove"
              onClick={() => onShapes(shapes.filter((one) => one !== shape))}
            >
              <IconX size={11} />
            </ActionIcon>
          </span>
        ))}
      </div>
      {problem !== undefined && (
        <p id={id} role="alert" className={classes['problem']}>
          {problem}
        </p>
      )}
    </section>
  )
}
