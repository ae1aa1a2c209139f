import { IoError } from '@shared/errors'

const WORDS: Record<string, string> = {
  EACCES: 'permission denied',
  EBUSY: 'another program is using it',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'it exists already',
  EFBIG: 'it would be larger than the disk allows',
  EIO: 'the device reported a fault',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long for this disk',
  ENFILE: 'too many files are open',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is not a folder',
  ENOTEMPTY: 'the folder is not empty',
  EPERM: 'the operation is not permitted',
  EROFS: 'the disk is read-only',
  ESTALE: 'the network disk no longer knows it',
  ETXTBSY: 'another program is using it',
}

/** The code of a system error, such as "ENOENT"; undefined for anything else. */
export function errorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

/** A system error as an IoError that names the path; what is not a system error is returned as it is. */
export function ioError(path: string, thrown: unknown, doing = ''): unknown {
  const code = errorCode(thrown)
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return thrown
  const why = WORDS[code] ?? `the system answered ${code}`
  return new IoError(path, code, doing ? `${doing}: ${why}.` : `${why}.`, { cause: thrown })
}

/** True for the codes that mean "no such file": a name in the path is missing, or is a file where a folder is needed. */
export const isAbsent = (thrown: unknown): boolean => {
  const code = errorCode(thrown)
  return code === 'ENOENT' || code === 'ENOTDIR'
}
