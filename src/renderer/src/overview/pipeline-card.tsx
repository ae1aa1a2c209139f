import type { ArrayDetail, CodecInfo } from '@shared/model/node'
import { IconArrowRight } from '@tabler/icons-react'
import { printable, shorten } from '../ui/format'
import { Card } from './card'
import classes from './overview.module.css'

const STAGES: Record<CodecInfo['stage'], string> = {
  'array-array': 'filter',
  'array-bytes': 'array to bytes',
  'bytes-bytes': 'compressor',
  unknown: 'not known',
}

/** The codecs in the order in which a chunk passes them when it is written. */
export function PipelineCard({ array }: { array: ArrayDetail }) {
  return (
    <Card title="Codec pipeline">
      <ol className={classes['chain']}>
        <li className={classes['end']}>chunk</li>
        {array.codecs.map((codec, i) => (
          <li key={i} className={classes['link']}>
            <IconArrowRight size={14} className={classes['arrow']} aria-hidden />
            <div className={classes['codec']} data-stage={codec.stage}>
              <span className={classes['stage']}>{STAGES[codec.stage]}</span>
              <span className={classes['codecName']}>{printable(codec.name)}</span>
              {codec.configuration !== '' && codec.configuration !== '{}' && (
                <code className={classes['configuration']} title={printable(codec.configuration)}>
                  {printable(shorten(codec.configuration, 160))}
                </code>
              )}
            </div>
          </li>
        ))}
        <li className={classes['link']}>
          <IconArrowRight size={14} className={classes['arrow']} aria-hidden />
          <span className={classes['end']}>stored bytes</span>
        </li>
      </ol>
    </Card>
  )
}
