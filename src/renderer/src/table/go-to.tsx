import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import type { ArrayDetail } from '@shared/model/node'

interface Props {
  array: ArrayDetail
  onGo: (indices: number[]) => void
  onClose: () => void
}

/** Asks for one index per dimension (missing trailing ones are 0) and checks them against the shape. */
export function GoTo({ array, onGo, onClose }: Props) {
  const [text, setText] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const parsed = parseIndices(text, array.shape)
    if (typeof parsed === 'string') setError(parsed)
    else onGo(parsed)
  }
  const names = array.shape.map((_, i) => array.dimensionNames?.[i] ?? `dim ${i}`)
  return (
    <Modal opened onClose={onClose} title="Go to index" size="sm" centered>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label="Index"
          description={`${names.join(', ')}; negative counts from the end`}
          placeholder={array.shape.map((n) => Math.max(0, n - 1)).join(', ')}
          value={text}
          error={error}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setError(null)
          }}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Group justify="space-between" mt="md">
          <Text size="xs" c="dimmed">
            shape ({array.shape.join(', ')})
          </Text>
          <Button type="submit" size="xs">
            Go
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

/** One index per dimension, or a sentence that says what is wrong. */
function parseIndices(text: string, shape: number[]): number[] | string {
  const parts = text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(',')
    .map((part) => part.trim())
  if (text.trim() === '') return 'Type an index for each dimension, separated by commas.'
  if (parts.length > shape.length)
    return `The array has ${shape.length} dimensions, ${parts.length} indices were given.`
  const indices: number[] = []
  for (const [dim, length] of shape.entries()) {
    const part = parts[dim] ?? '0'
    if (!/^[+-]?\d+$/.test(part)) return `“${part}” is not a whole number.`
    const index = Number(part) < 0 ? Number(part) + length : Number(part)
    if (index < 0 || index >= length) return `Index ${part} is outside dimension ${dim} of length ${length}.`
    indices.push(index)
  }
  return indices
}
