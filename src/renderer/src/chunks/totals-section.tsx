import type { ChunkMap } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { Fact, Facts, Section } from '../inspector/section'
import { formatBytes, formatCount, formatRatio, formatShare } from '../ui/format'
import { ShareBar } from '../ui/share-bar'
import classes from './chunks.module.css'

/** Sums over the whole array. */
export function TotalsSection({ map, array }: { map: ChunkMap; array: ArrayDetail }) {
  const { initialized, nchunks, nbytesStored } = map.sum
  return (
    <Section title="Totals">
      <ShareBar part={initialized} whole={nchunks} label="Initialized chunks" />
      <Facts>
        <Fact name="initialized">
          {formatCount(initialized)}/{formatCount(nchunks)}
        </Fact>
        <Fact name="share">{formatShare(initialized, nchunks)}</Fact>
        <Fact name="nbytes">{formatBytes(array.nbytes)}</Fact>
        <Fact name="stored" title={`${formatCount(nbytesStored)} bytes`}>
          {formatBytes(nbytesStored)}
        </Fact>
        <Fact name="ratio">{formatRatio(array.nbytes, nbytesStored)}</Fact>
      </Facts>
      {!map.done && <div className={classes['quiet']}>still counting…</div>}
    </Section>
  )
}
