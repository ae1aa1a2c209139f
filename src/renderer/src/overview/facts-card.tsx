import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import { product } from '@shared/selection/counts'
import { Fact, Facts } from '../inspector/section'
import { dtypeLabel, fillText, formatBytes, formatCount, formatShape, printable, shorten } from '../ui/format'
import { Card } from './card'

/** What the metadata says about an array. */
export function FactsCard({ node, array }: { node: NodeDetail; array: ArrayDetail }) {
  const others = node.formats.slice(1)
  return (
    <Card title="Facts">
      <Facts>
        <Fact name="format">
          v{node.zarrFormat}
          {others.length > 0 && ` (also ${others.map((f) => `v${f}`).join(', ')})`}
        </Fact>
        <Fact name="dtype" title={array.dtypeName}>
          {dtypeLabel(array.dtypeName)}
        </Fact>
        <Fact name="byte order">{array.byteOrder}</Fact>
        <Fact name="shape">{formatShape(array.shape)}</Fact>
        {array.dimensionNames && (
          <Fact name="dimensions">{array.dimensionNames.map((n) => n ?? '–').join(', ')}</Fact>
        )}
        <Fact name="chunk shape">{array.chunkEdges ? 'rectilinear' : formatShape(array.chunks)}</Fact>
        {array.shards && <Fact name="shard shape">{formatShape(array.shards)}</Fact>}
        <Fact name="chunk grid">
          {formatShape(array.gridShape)} = {formatCount(array.nchunks)}
        </Fact>
        <Fact name="chunk, decoded">
          {array.chunkEdges && 'at most '}
          {formatBytes(chunkBytes(array))}
        </Fact>
        <Fact name="order">{array.order}</Fact>
        <Fact name="fill value" title={printable(array.fillValueJson)}>
          {printable(shorten(fillText(array), 60))}
        </Fact>
        <Fact name="key encoding">{printable(array.keyEncoding)}</Fact>
      </Facts>
    </Card>
  )
}

function chunkBytes(array: ArrayDetail): number {
  const items = product(array.shape)
  return items > 0 ? product(array.chunks) * (array.nbytes / items) : 0
}
