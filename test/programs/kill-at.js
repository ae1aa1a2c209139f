// Loaded into a process before anything else (node --import): counts its file operations from when the file KILL_ARMED
// exists, one byte each in the file KILL_COUNT, which all of its threads share, and kills the process at number KILL_AT.
// A write of several bytes counts twice: before it, and after half of it.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { KILL_ARMED = '', KILL_COUNT = '', KILL_AT = '0' } = process.env
const { existsSync, fstatSync, openSync, writeSync } = fs
const promises = fs.promises
const open = promises.open
const count = openSync(KILL_COUNT, 'a')
let armed = false

/** Whether this operation is the one that is not to happen. */
function isLast() {
  armed ||= existsSync(KILL_ARMED)
  if (!armed) return false
  writeSync(count, '.')
  return fstatSync(count).size === Number(KILL_AT)
}

function step() {
  if (isLast()) die()
}

/** As a process that is killed: nothing is cleaned up, and nothing else happens. */
function die() {
  process.kill(process.pid, 'SIGKILL')
  for (;;);
}

/** `write` of a file with so many bytes: nothing of it, or half, may be the last that happens. */
function stepOfWrite(fd, bytes, offset, length, position) {
  step()
  if (length < 2 || !isLast()) return
  writeSync(fd, bytes, offset, length >> 1, position)
  die()
}

for (const name of ['rename', 'unlink', 'mkdir', 'rmdir', 'link', 'rm', 'writeFile']) {
  const original = promises[name]
  promises[name] = (...args) => (step(), original(...args))
  const originalSync = fs[`${name}Sync`]
  fs[`${name}Sync`] = (...args) => (step(), originalSync(...args))
}
promises.open = async (path, flags, mode) => {
  if (typeof flags === 'string' && flags !== 'r') step()
  return patched(await open(path, flags, mode))
}
fs.openSync = (path, flags, mode) => {
  if (typeof flags === 'string' && flags !== 'r') step()
  return openSync(path, flags, mode)
}
fs.writeSync = (fd, bytes, offset = 0, length = bytes.length - offset, position = null) => {
  // The process's own words are no file.
  if (fd > 2 && typeof bytes !== 'string') stepOfWrite(fd, bytes, offset, length, position)
  return writeSync(fd, bytes, offset, length, position)
}
syncBuiltinESMExports()

function patched(file) {
  const { write, sync } = file
  file.write = (bytes, offset, length, position) => {
    stepOfWrite(file.fd, bytes, offset, length, position)
    return write.call(file, bytes, offset, length, position)
  }
  file.sync = () => (step(), sync.call(file))
  return file
}
