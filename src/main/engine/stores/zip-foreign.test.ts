import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { contents, SAMPLE } from './contract-sample'
import { readLocated } from './read-located'
import { ZipStore } from './zip'

/** Python's zipfile is the writer and the reader that Zarr archives mostly meet. */
const hasPython = spawnSync('python3', ['-c', 'import zipfile, bz2, lzma']).status === 0

const base = mkdtempSync(join(tmpdir(), 'zarrscope-foreign-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
let count = 0
const freshPath = (): string => join(base, `${count++}.zip`)

const python = (program: string, ...args: string[]): string =>
  execFileSync('python3', ['-c', program, ...args], { encoding: 'utf8' })

const WRITE = `
import sys, json, base64, io, zipfile
path, how, text = sys.argv[1:]
values = {k: base64.b64decode(v) for k, v in json.loads(text).items()}
method = {"deflated": 8, "bzip2": 12, "lzma": 14}.get(how, 0)
class Stream(io.RawIOBase):
    def __init__(self, f): self.f = f
    def writable(self): return True
    def write(self, b): return self.f.write(b)
    def seekable(self): return False
target = open(path, "wb")
with zipfile.ZipFile(Stream(target) if how == "streamed" else target, "w", method) as z:
    if how == "folders":
        z.writestr("a/", b"")
        z.writestr("empty/", b"")
    if how == "comment": z.comment = b"some words about it"
    for k, v in values.items():
        if how == "duplicates": z.writestr(k, b"an older value of " + k.encode())
        if how == "zip64":
            with z.open(k, "w", force_zip64=True) as f: f.write(v)
        else:
            z.writestr(k, v)
    if how == "duplicates":
        for k, v in values.items(): z.writestr(k, v)
target.close()
`

const READ = `
import sys, json, base64, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
names = z.namelist()
assert len(names) == len(set(names)), "a name occurs twice"
print(json.dumps({n: base64.b64encode(z.read(n)).decode() for n in names}))
`

const asText = (values: Record<string, Uint8Array>): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    ),
  )

const fromText = (text: string): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(JSON.parse(text) as Record<string, string>).map(([key, value]) => [
      key,
      new Uint8Array(Buffer.from(value, 'base64')),
    ]),
  )

describe.skipIf(!hasPython)('zip archives and Python', () => {
  test.each(['stored', 'deflated', 'bzip2', 'lzma', 'streamed', 'zip64', 'comment', 'folders', 'duplicates'])(
    'an archive written by Python is read: %s',
    async (how) => {
      const path = freshPath()
      python(`import warnings; warnings.simplefilter("ignore")\n${WRITE}`, path, how, asText(SAMPLE))
      const store = new ZipStore(path)
      expect(await contents(store)).toEqual(SAMPLE)
      expect(await store.get('a/c/10/0', { range: { offset: 1000, length: 9 } })).toEqual(
        SAMPLE['a/c/10/0']!.slice(1000, 1009),
      )
      for (const [key, value] of Object.entries(SAMPLE))
        expect(readLocated(store.locate(key)!)).toEqual(value)
      await store.close()
    },
  )

  test.each(['stored', 'deflated', 'bzip2', 'lzma', 'streamed', 'zip64', 'folders', 'duplicates'])(
    'a change to an archive written by Python keeps its other entries for Python: %s',
    async (how) => {
      const path = freshPath()
      python(`import warnings; warnings.simplefilter("ignore")\n${WRITE}`, path, how, asText(SAMPLE))
      const store = new ZipStore(path, { mode: 'a' })
      await store.set('a/c/0/1', Uint8Array.of(9))
      await store.delete('ab/zarr.json')
      await store.close()
      const { 'ab/zarr.json': deleted, ...kept } = SAMPLE
      expect(deleted).toBeDefined()
      expect(fromText(python(READ, path))).toEqual({ ...kept, 'a/c/0/1': Uint8Array.of(9) })
    },
  )

  test('whatever is written is read by Python', async () => {
    const key = fc
      .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 })
      .map((names) => names.join('/'))
      .filter((text) => !/(^|\/)(\.{1,2})?(\/|$)|[\\\0]|^[a-z]:/i.test(text))
    const values = fc.dictionary(key, fc.uint8Array({ maxLength: 300 }), {
      maxKeys: 12,
      noNullPrototype: true,
    })
    await fc.assert(
      fc.asyncProperty(values, async (wanted) => {
        const path = freshPath()
        const store = new ZipStore(path, { mode: 'w' })
        for (const [name, value] of Object.entries(wanted)) await store.set(name, value)
        await store.close()
        expect(fromText(python(READ, path))).toEqual(wanted)
      }),
      { seed: 3, numRuns: 15 },
    )
  })

  test('an archive with more entries than a plain end record can state is read by Python', async () => {
    const path = freshPath()
    const store = new ZipStore(path, { mode: 'w' })
    for (let i = 0; i < 66_000; i++) await store.set(`c/${i}`, Uint8Array.of(i & 255))
    await store.close()
    const program =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(len(z.namelist()), z.read("c/65999")[0])'
    expect(python(program, path).trim()).toBe(`66000 ${65_999 & 255}`)
    const reader = new ZipStore(path)
    expect(await reader.get('c/65999')).toEqual(Uint8Array.of(65_999 & 255))
    expect((await reader.list('c')).keys).toHaveLength(66_000)
    await reader.close()
  })

  test('an encrypted or linked entry is refused by name, the others are read', async () => {
    const path = freshPath()
    python(
      `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
    z.writestr("plain", b"plain")
    link = zipfile.ZipInfo("link"); link.create_system = 3; link.external_attr = 0o120777 << 16
    z.writestr(link, b"../../etc/passwd")
    z.writestr("secret", b"secret")
b = bytearray(open(sys.argv[1], "rb").read())
for sig, at in ((b"PK\\x01\\x02", 8), (b"PK\\x03\\x04", 6)): b[b.rindex(sig) + at] |= 1
open(sys.argv[1], "wb").write(b)
`,
      path,
    )
    const store = new ZipStore(path)
    expect(await store.get('plain')).toEqual(new Uint8Array(Buffer.from('plain')))
    await expect(store.get('link')).rejects.toThrow('it is a link; links inside an archive are not followed')
    await expect(store.get('secret')).rejects.toThrow('encryption of the zip entry secret')
    expect(store.locate('link')).toBeUndefined()
    expect((await store.list('')).keys).toEqual(['link', 'plain', 'secret'])
    await store.close()
  })
})
