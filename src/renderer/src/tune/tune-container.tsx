import { SegmentedControl } from '@mantine/core'
import type { StoreInfo } from '@shared/model/host'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import { Empty, Notice } from '../ui/states'
import { AdviceContainer } from './advice-container'
import { ChunkLabContainer } from './chunk-lab-container'
import { CodecLabContainer } from './codec-lab-container'
import { SettingBar } from './setting-bar'
import { tuneState } from './tune-state'
import classes from './tune.module.css'

/** The laboratory: what codecs and chunk shapes would make of an array, tried on its own chunks. It only reads. */
export function TuneContainer({ node, store }: { node: NodeDetail; store: StoreInfo }) {
  const { array } = node
  if (!array) return <Empty title="A group has no chunks">Choose an array in the explorer.</Empty>
  return <TuneOfArray key={`${store.id}:${node.path}`} node={node} store={store} array={array} />
}

function TuneOfArray({ node, store, array }: { node: NodeDetail; store: StoreInfo; array: ArrayDetail }) {
  const tune = tuneState(store.id, node.path)
  const part = tune((s) => s.part)
  const lab = { node, store, array, tune }
  return (
    <div className={classes['view']}>
      <div className={classes['scroller']}>
        {!array.readable && (
          <Notice>
            {array.reason ?? 'The data of this array cannot be read.'} Nothing can be measured on it; what
            chunk shapes cost is reckoned all the same.
          </Notice>
        )}
        {array.readable && <AdviceContainer {...lab} />}
        <SegmentedControl
          className={classes['parts'] ?? ''}
          size="xs"
          aria-label="Laboratory"
          data={[
            { value: 'codecs', label: 'Codecs' },
            { value: 'chunks', label: 'Chunk shapes' },
          ]}
          value={part}
          onChange={(value) => tune.setState({ part: value })}
        />
        {part === 'codecs' ? <CodecLabContainer {...lab} /> : <ChunkLabContainer {...lab} />}
      </div>
      <SettingBar {...lab} />
    </div>
  )
}
