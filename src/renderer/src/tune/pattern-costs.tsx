import { figure } from '@shared/trials/figure'
import { formatBytes, formatShape } from '../ui/format'
import type { MeasuredRow } from './layout-rows'
import classes from './tune.module.css'

/** What one access of each pattern costs with a layout. */
export function PatternCosts({ row }: { row: MeasuredRow }) {
  const { chunks, shards, patterns, trial } = row
  if (patterns.length === 0) return null
  const name = `Cost of each pattern with chunks ${formatShape(chunks)}${shards ? `, shards ${formatShape(shards)}` : ''}`
  return (
    <section className={classes['block']} aria-label="Cost of each pattern">
      <h2>{name}</h2>
      <div className={classes['tableBox']}>
        <table className={classes['table']} aria-label={name}>
          <thead>
            <tr>
              {[
                'Pattern',
                'Weight',
                'Chunks touched',
                'Files',
                'Wanted',
                'Decoded',
                'Amplification',
                'Time',
              ].map((label, i) => (
                <th key={label} scope="col" data-number={i > 0 || undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {patterns.map((cost, i) => (
              <tr key={i}>
                <th scope="row">{cost.name}</th>
                <td data-number>{figure(cost.weight)}</td>
                <td data-number>{figure(cost.touched)}</td>
                <td data-number>{figure(cost.filesTouched)}</td>
                <td data-number>{formatBytes(Math.round(cost.wantedBytes))}</td>
                <td data-number>{formatBytes(Math.round(cost.rawBytes))}</td>
                <td data-number>{figure(cost.amplification)}×</td>
                <td data-number>{trial?.patterns[i] ? `${figure(trial.patterns[i].ms)} ms` : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
