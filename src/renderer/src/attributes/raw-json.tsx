import { json } from '@codemirror/lang-json'
import { useComputedColorScheme } from '@mantine/core'
import CodeMirror, { EditorView } from '@uiw/react-codemirror'
import classes from './attributes.module.css'

const EXTENSIONS = [
  json(),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': 'Attributes as JSON' }),
]
const SETUP = {
  foldGutter: true,
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  autocompletion: false,
} as const

/** The text of the attributes as it is stored, folded and searched but not edited. Loaded on first use. */
export default function RawJson({ text }: { text: string }) {
  const scheme = useComputedColorScheme()
  return (
    <CodeMirror
      className={classes['raw'] ?? ''}
      value={text}
      height="100%"
      theme={scheme}
      extensions={EXTENSIONS}
      basicSetup={SETUP}
      readOnly
    />
  )
}
