import type { NodeDetail, NodeSummary } from '@shared/model/node'
import type { StoreInfo } from '@shared/model/host'
import type { CommandId } from '@shared/rpc/commands'
import {
  IconAdjustmentsHorizontal,
  IconBraces,
  IconChartLine,
  IconGridDots,
  IconInfoSquare,
  IconTable,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { AttributesContainer } from '../attributes/attributes-container'
import { ChunksContainer } from '../chunks/chunks-container'
import { OverviewContainer } from '../overview/overview-container'
import { PlotContainer } from '../plot/plot-container'
import { DataView } from '../table/data-view'
import type { ViewName } from '../state/tabs'
import { TuneContainer } from '../tune/tune-container'

export interface ViewProps {
  node: NodeDetail
  store: StoreInfo
}

export interface ViewDefinition {
  name: ViewName
  /** Its command, which carries the shortcut. */
  command: CommandId
  Icon: ComponentType<{ size?: number }>
  View: ComponentType<ViewProps>
  supports: (node: NodeSummary) => boolean
}

const always = (): boolean => true
const arrays = (node: NodeSummary): boolean => node.kind === 'array'

/** The screens a node can be seen through, in the order of the views row. A view that is not built has no row here. */
export const views = [
  {
    name: 'Overview',
    command: 'view.overview',
    Icon: IconInfoSquare,
    View: OverviewContainer,
    supports: always,
  },
  { name: 'Data', command: 'view.data', Icon: IconTable, View: DataView, supports: arrays },
  { name: 'Plot', command: 'view.plot', Icon: IconChartLine, View: PlotContainer, supports: arrays },
  { name: 'Chunks', command: 'view.chunks', Icon: IconGridDots, View: ChunksContainer, supports: arrays },
  {
    name: 'Attributes',
    command: 'view.attributes',
    Icon: IconBraces,
    View: AttributesContainer,
    supports: always,
  },
  {
    name: 'Tune',
    command: 'view.tune',
    Icon: IconAdjustmentsHorizontal,
    View: TuneContainer,
    supports: arrays,
  },
] as const satisfies readonly ViewDefinition[]

const viewByName = (name: ViewName): ViewDefinition | undefined =>
  (views as readonly ViewDefinition[]).find((v) => v.name === name)

/** The view to show: the wanted one where the node supports it, else its Overview. */
export function effectiveView(wanted: ViewName, node: NodeSummary): ViewDefinition {
  const view = viewByName(wanted)
  return view?.supports(node) ? view : views[0]
}
