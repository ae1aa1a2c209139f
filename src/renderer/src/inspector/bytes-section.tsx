import { Button } from '@mantine/core'
import { useState } from 'react'
import { printable } from '../ui/format'
import { decodeBytes } from './decode-bytes'
import { Fact, Facts, Section } from './section'

/** The bytes of the focused value read as other types; closed until somebody wants it. */
export function BytesSection({ bytes }: { bytes: Uint8Array }) {
  const [isOpen, setOpen] = useState(false)
  const [big, setBig] = useState(false)
  const toggle = (
    <>
      {isOpen && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          aria-pressed={big}
          onClick={() => setBig(!big)}
        >
          {big ? 'big-endian' : 'little-endian'}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-expanded={isOpen}
        aria-label={isOpen ? 'Hide bytes' : 'Show bytes'}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? 'Hide' : 'Show'}
      </Button>
    </>
  )
  return (
    <Section title="Bytes" aside={<span>{toggle}</span>}>
      {isOpen && (
        <Facts>
          {decodeBytes(bytes, big).map(({ name, text }) => (
            <Fact key={name} name={name} title={text} wrap={name === 'bits' || name === 'text'}>
              {printable(text)}
            </Fact>
          ))}
        </Facts>
      )}
    </Section>
  )
}
