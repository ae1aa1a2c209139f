import { Fact, Facts } from '../inspector/section'
import { printable, shorten } from '../ui/format'
import { Card } from './card'
import type { Convention } from './conventions'
import classes from './overview.module.css'

/** Conventions that the attributes follow, with what they say by them. */
export function ConventionsCard({ conventions }: { conventions: readonly Convention[] }) {
  return (
    <Card title="Conventions">
      {conventions.map(({ name, facts }) => (
        <div key={name}>
          <h3 className={classes['subhead']}>{name}</h3>
          <Facts>
            {facts.map(({ label, value }, i) => (
              <Fact key={i} name={label} title={printable(shorten(value, 600))}>
                {printable(shorten(value, 80))}
              </Fact>
            ))}
          </Facts>
        </div>
      ))}
    </Card>
  )
}
