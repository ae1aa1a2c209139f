import { IconFolderDown } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { noteDropped } from '../welcome/open-dropped'
import classes from './app.module.css'

/** Dropping a folder or a file anywhere opens it (the host hears of it through the preload); while something is dragged over the window, the window says so. */
export function DropTarget() {
  const [over, setOver] = useState(false)
  useEffect(() => {
    let depth = 0
    const holdsFiles = (e: DragEvent): boolean => e.dataTransfer?.types.includes('Files') ?? false
    const onEnter = (e: DragEvent): void => {
      if (!holdsFiles(e)) return
      depth++
      setOver(true)
    }
    const onLeave = (e: DragEvent): void => {
      if (!holdsFiles(e)) return
      depth--
      if (depth <= 0) setOver(false)
    }
    const onOver = (e: DragEvent): void => {
      if (holdsFiles(e)) e.preventDefault()
    }
    const onDrop = (e: DragEvent): void => {
      depth = 0
      setOver(false)
      if (!holdsFiles(e)) return
      e.preventDefault()
      noteDropped()
    }
    window.addEventListener('dragenter', onEnter)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('dragover', onOver)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragenter', onEnter)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  if (!over) return null
  return (
    <div className={classes['drop']}>
      <IconFolderDown size={32} aria-hidden />
      Drop to open
    </div>
  )
}
