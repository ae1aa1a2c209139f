import { create } from 'zustand'
import { openTab } from './tabs'

/** A wish to see a region of an array in its Data view: start index and shape per dimension. */
export interface RegionRequest {
  store: string
  path: string
  start: number[]
  shape: number[]
}

export const useRegionRequest = create<{ request: RegionRequest | null }>(() => ({ request: null }))

/** Opens the Data view of the array; the view takes the request and clears it with `takeRegion`. */
export function openRegion(request: RegionRequest): void {
  useRegionRequest.setState({ request })
  openTab(request.store, request.path, { view: 'Data' })
}

export const takeRegion = (): void => useRegionRequest.setState({ request: null })
