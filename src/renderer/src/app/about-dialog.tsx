import { Modal } from '@mantine/core'
import { useConnection } from '../rpc/connection'
import { useDialogs } from '../state/dialogs'
import { CopyButton } from '../ui/copy-button'
import classes from './app.module.css'

/** Version and host, as a report of a problem needs them. */
export function AboutDialog() {
  const opened = useDialogs((s) => s.about)
  const host = useConnection((s) => s.host)
  const text = host
    ? `Zarrscope ${host.version}\nhost: ${host.kind}, ${host.platform}, Node ${host.node}\nworkers: ${host.workers}`
    : 'Zarrscope\nnot connected to a host'
  return (
    <Modal
      opened={opened}
      onClose={() => useDialogs.setState({ about: false })}
      title="About Zarrscope"
      size="sm"
    >
      <div className={classes['about']}>
        <pre>{text}</pre>
        <CopyButton text={text} label="Copy version" />
      </div>
    </Modal>
  )
}
