import { Modal } from '@mantine/core'
import { type StructureDialog, useDialogs } from '../state/dialogs'
import { useSession } from '../state/session'
import { printable } from '../ui/format'
import { AppendDialog, ResizeDialog } from './array-dialogs'
import { CopyDialog } from './copy-dialog'
import { ExportDialog, ImportDialog } from './file-dialogs'
import { NewArrayDialog } from './new-array-dialog'
import { NewStoreDialog } from './new-store-dialog'
import { DeleteDialog, DuplicateDialog, NewGroupDialog, RenameDialog } from './node-dialogs'
import { MigrateDialog, VerifyDialog } from './store-dialogs'
import { closeDialog } from './structure-form'

const DIALOGS = {
  newGroup: { title: 'New group', size: 420, View: NewGroupDialog },
  newArray: { title: 'New array', size: 980, View: NewArrayDialog },
  rename: { title: 'Rename or move', size: 460, View: RenameDialog },
  duplicate: { title: 'Duplicate', size: 460, View: DuplicateDialog },
  delete: { title: 'Delete', size: 460, View: DeleteDialog },
  resize: { title: 'Resize', size: 460, View: ResizeDialog },
  append: { title: 'Append', size: 520, View: AppendDialog },
  import: { title: 'Import', size: 620, View: ImportDialog },
  export: { title: 'Export', size: 520, View: ExportDialog },
  migrate: { title: 'Migrate to format 3', size: 460, View: MigrateDialog },
  verify: { title: 'Verify', size: 460, View: VerifyDialog },
}

/** The one dialog that is open of those that change structure. */
export function StructureDialogs() {
  const dialog = useDialogs((s) => s.structure)
  const stores = useSession((s) => s.stores)
  return (
    <Modal
      opened={dialog !== null}
      onClose={closeDialog}
      title={dialog ? titleOf(dialog, (id) => stores.find((one) => one.id === id)?.name ?? '') : ''}
      size={sizeOf(dialog)}
    >
      {dialog && <Body dialog={dialog} />}
    </Modal>
  )
}

function Body({ dialog }: { dialog: StructureDialog }) {
  if (dialog.kind === 'newStore') return <NewStoreDialog />
  if (dialog.kind === 'copy') return <CopyDialog {...dialog} />
  const { View } = DIALOGS[dialog.kind]
  return <View store={dialog.store} path={dialog.path} />
}

function titleOf(dialog: StructureDialog, nameOf: (store: string) => string): string {
  if (dialog.kind === 'newStore') return 'New store'
  const title =
    dialog.kind === 'copy'
      ? dialog.inPlace
        ? 'Rechunk or recompress'
        : 'Copy or convert'
      : DIALOGS[dialog.kind].title
  return `${title}: ${printable(dialog.path === '' ? nameOf(dialog.store) : `/${dialog.path}`)}`
}

const sizeOf = (dialog: StructureDialog | null): number =>
  dialog === null || dialog.kind === 'copy'
    ? 620
    : dialog.kind === 'newStore'
      ? 980
      : DIALOGS[dialog.kind].size
