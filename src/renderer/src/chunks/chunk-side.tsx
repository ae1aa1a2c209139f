import type { ChunkMap, ChunkProblem, ChunkSurvey } from '@shared/model/chunk-map'
import type { ArrayDetail, StorageCount } from '@shared/model/node'
import { useEffect, useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { ChunkDetailPanel } from './chunk-detail-panel'
import { ChunkEditDialog, type ChunkEdit } from './chunk-edit-dialog'
import classes from './chunks.module.css'
import type { ChunksState } from './chunks-state'
import { ProblemsSection } from './problems-section'
import { RankedSections } from './ranked-sections'
import { SurveySection } from './survey-section'
import { TotalsSection } from './totals-section'

interface ChunkSideProps {
  store: string
  path: string
  array: ArrayDetail
  map: ChunkMap | undefined
  count: StorageCount | undefined
  survey: ChunkSurvey | undefined
  problems: ChunkProblem[]
  state: ChunksState
  /** Null while there is no Data view to open. */
  onOpen: (() => void) | null
}

/** Beside the map: the selected chunk, sums over the array, what decoding found, chunks that stand out. */
export function ChunkSide(props: ChunkSideProps) {
  const { store, path, array, map, count, survey, problems, state } = props
  const { selected, corrupt, set } = state
  const [edit, setEdit] = useState<ChunkEdit | null>(null)
  const chunk = useRequest('array.chunk', selected ? { store, path, coords: selected } : null)
  const { data } = chunk
  useEffect(() => {
    if (!data) return
    const id = data.coords.join(',')
    const why = data.state === 'error' ? (data.error ?? '') : undefined
    if (corrupt.get(id) === why) return
    const next = new Map(corrupt)
    if (why === undefined) next.delete(id)
    else next.set(id, why)
    set({ corrupt: next })
  }, [data, corrupt, set])
  const select = (coords: number[]): void => set({ selected: coords })
  return (
    <aside className={classes['side']} aria-label="Chunk facts">
      <ChunkDetailPanel
        store={store}
        path={path}
        array={array}
        coords={selected}
        chunk={chunk}
        onBytes={(form) => set({ bytes: form })}
        onOpen={props.onOpen}
        onEdit={setEdit}
      />
      {map && <TotalsSection map={map} array={array} />}
      <SurveySection store={store} path={path} array={array} survey={survey} onEdit={setEdit} />
      <ProblemsSection problems={problems} onSelect={select} />
      {count && <RankedSections count={count} array={array} onSelect={select} />}
      <ChunkEditDialog store={store} edit={edit} onClose={() => setEdit(null)} />
    </aside>
  )
}
