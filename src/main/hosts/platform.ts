import type { HostInfo } from '@shared/model/host'

export const platformName = (platform: NodeJS.Platform = process.platform): HostInfo['platform'] =>
  platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other'
