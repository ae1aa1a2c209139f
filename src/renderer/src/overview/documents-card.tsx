import { StoredDocument } from '../ui/stored-document'
import { Card } from './card'

/** The metadata documents as they are stored, closed until wanted. */
export function DocumentsCard({ documents }: { documents: readonly { key: string; text: string }[] }) {
  if (documents.length === 0) return null
  return (
    <Card title="Metadata documents">
      {documents.map(({ key, text }) => (
        <StoredDocument key={key} name={key} text={text} />
      ))}
    </Card>
  )
}
