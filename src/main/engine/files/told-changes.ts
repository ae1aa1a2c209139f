import { statfs } from 'node:fs/promises'

/**
 * File systems, by their number on Linux, on which the system tells of every change whoever makes it: those of local disks.
 * On network disks, in user space and in layers, changes by others come unannounced; what is not listed is taken for such.
 */
const TOLD = new Set([
  0xef53, // ext2, ext3, ext4
  0x58465342, // XFS
  0x9123683e, // Btrfs
  0x01021994, // tmpfs
  0x858458f6, // ramfs
  0xf2f52010, // F2FS
  0x2fc12fc1, // ZFS
  0xca451a4e, // bcachefs
  0x3153464a, // JFS
  0x52654973, // ReiserFS
])

/** Whether changes below a path by other programs and machines are told of by the system; false where nobody knows. */
export async function tellsOfChanges(path: string, typeOf = typeOfDisk): Promise<boolean> {
  try {
    // The numbers of other systems mean something else.
    return process.platform === 'linux' && TOLD.has((await typeOf(path)) >>> 0)
  } catch {
    return false
  }
}

const typeOfDisk = async (path: string): Promise<number> => (await statfs(path)).type
