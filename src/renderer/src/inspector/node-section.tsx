import type { NodeDetail } from '@shared/model/node'
import { dtypeLabel, fillText, formatBytes, formatCount, formatShape, printable } from '../ui/format'
import { Fact, Facts, Section } from './section'

/** Facts of the node in front. */
export function NodeSection({ node }: { node: NodeDetail }) {
  const { array } = node
  return (
    <Section title={array ? 'Array' : 'Group'}>
      <Facts>
        <Fact name="path" title={`/${printable(node.path)}`}>
          /{printable(node.path)}
        </Fact>
        <Fact name="format">v{node.zarrFormat}</Fact>
        {array ? (
          <>
            <Fact name="dtype" title={array.dtypeName}>
              {dtypeLabel(array.dtypeName)}
            </Fact>
            <Fact name="shape">{formatShape(array.shape)}</Fact>
            <Fact name="chunks">
              {array.chunkEdges ? `rectilinear, to ${formatShape(array.chunks)}` : formatShape(array.chunks)}
            </Fact>
            {array.shards && <Fact name="shards">{formatShape(array.shards)}</Fact>}
            <Fact name="grid">
              {formatShape(array.gridShape)} = {formatCount(array.nchunks)}
            </Fact>
            <Fact name="fill value" title={printable(array.fillValueJson)}>
              {printable(fillText(array))}
            </Fact>
            <Fact name="order">{array.order}</Fact>
            <Fact name="nbytes" title={`${formatCount(array.nbytes)} bytes`}>
              {formatBytes(array.nbytes)}
            </Fact>
          </>
        ) : (
          node.childCount !== undefined && <Fact name="children">{formatCount(node.childCount)}</Fact>
        )}
        {node.attributeKeys && <Fact name="attributes">{formatCount(node.attributeKeys.length)}</Fact>}
      </Facts>
    </Section>
  )
}
