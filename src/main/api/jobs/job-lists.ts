import type { HostServices } from '../host-services'
import { JobList } from './job-list'

/** The jobs of every host: one that serves several windows shows them the same list. */
export class JobLists {
  private readonly lists = new Map<HostServices, JobList>()

  of(host: HostServices): JobList {
    const list = this.lists.get(host) ?? new JobList()
    this.lists.set(host, list)
    return list
  }

  /** The host is gone for good: its jobs are cancelled. */
  async abandon(host: HostServices): Promise<void> {
    const list = this.lists.get(host)
    this.lists.delete(host)
    await list?.close()
  }

  async close(): Promise<void> {
    await Promise.all([...this.lists.keys()].map((host) => this.abandon(host)))
  }
}
