import type { RankedChunk } from '@shared/model/node'

/** The chunks with the greatest rank, few of them, out of any number. */
export class TopChunks {
  private readonly most: number
  private readonly list: { rank: number; chunk: RankedChunk }[] = []

  constructor(most: number) {
    this.most = most
  }

  /** Whether a chunk of this rank is among the greatest so far. */
  takes(rank: number): boolean {
    const { list, most } = this
    return list.length < most || rank > list[most - 1]!.rank
  }

  /** `chunk` is called only where it is among the greatest so far; of equal ones the first stays. */
  offer(rank: number, chunk: () => RankedChunk): void {
    const { list, most } = this
    if (!this.takes(rank)) return
    let at = list.length
    while (at > 0 && list[at - 1]!.rank < rank) at--
    list.splice(at, 0, { rank, chunk: chunk() })
    if (list.length > most) list.pop()
  }

  get chunks(): RankedChunk[] {
    return this.list.map(({ chunk }) => chunk)
  }
}
