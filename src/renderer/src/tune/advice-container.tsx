import type { Advice, ChunkCandidate } from '@shared/model/trials'
import { useRequest } from '../rpc/use-request'
import { showView, useTabs } from '../state/tabs'
import { formatLayoutText } from '@shared/trials/layout-text'
import { AdviceView } from './advice-view'
import { applySetting } from './apply'
import { withCandidate } from './candidate-choice'
import type { LabProps } from './lab-props'

/** Enough for a first look, which nobody has asked for. */
const SAMPLE = { chunks: 8, budgetBytes: 16 * 2 ** 20, seed: 0 }

/** Findings about how the array is stored; their buttons set up the trial that shows it. */
export function AdviceContainer({ node, store, array, tune }: LabProps) {
  const open = tune((s) => s.adviceOpen)
  const input = { store: store.id, path: node.path, sample: SAMPLE }
  const { status, data, error, retry, cancel } = useRequest('trials.advice', input, {
    job: `Advice on /${node.path}`,
  })

  const tryCodec = (spec: string): void =>
    tune.setState({
      part: 'codecs',
      candidates: withCandidate(tune.getState().candidates, spec, { node, array }),
      following: true,
    })
  const tryLayout = (layout: ChunkCandidate): void => {
    const text = formatLayoutText(layout)
    const { shapes } = tune.getState()
    tune.setState({ part: 'chunks', shapes: [text, ...shapes.filter((one) => one !== text)] })
  }
  const act = ({ action }: Advice, which: 'try' | 'convert' | 'show'): void => {
    if (action.kind === 'prune') showView(useTabs.getState().active ?? '', 'Chunks')
    else if (action.kind === 'chunks') tryLayout(action)
    else if (action.kind === 'dtype' && which === 'convert')
      applySetting({ store: store.id, path: node.path, dtype: action.dtype }, { inPlace: false })
    else if (action.spec !== undefined) tryCodec(action.spec)
  }
  return (
    <AdviceView
      status={status}
      report={data ?? null}
      error={error}
      open={open}
      onOpen={(next) => tune.setState({ adviceOpen: next })}
      onRetry={retry}
      onCancel={cancel}
      onAct={act}
    />
  )
}
