import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/lib/toasts'
import { useEditorAddress } from './editor-address'
import type { Content, Module } from './queries'
import { useRemoveItem } from './writes'

/** Without a content the module itself goes, with all that is in it. */
export interface Removal {
  module: Module
  content?: Content
}

interface RemoveDialogProps {
  courseId: string
  removal: Removal
  onClose: () => void
}

export function RemoveDialog({ courseId, removal, onClose }: RemoveDialogProps) {
  const { t } = useTranslation('courses')
  const { item, adding, openOutline } = useEditorAddress()
  const remove = useRemoveItem(courseId)
  const { module, content } = removal
  const title = content?.title ?? module.title
  const count = module.contents.length

  const confirm = async () => {
    try {
      await remove.mutateAsync({
        moduleId: module.id,
        ...(content && { contentId: content.id }),
      })
    } catch {
      return // It stands in the dialog.
    }
    onClose()
    const gone = content ? [content.id] : [module.id, ...module.contents.map(({ id }) => id)]
    if (gone.includes(item ?? adding?.moduleId ?? '')) openOutline()
    showToast(content ? t('content.deleted', { title }) : t('module.deleted'), 'info')
  }
  return (
    <ConfirmDialog
      title={content ? t('content.deleteTitle', { title }) : t('module.deleteTitle', { title })}
      body={
        content
          ? t('content.deleteText')
          : count === 0
            ? t('module.deleteEmpty')
            : t('module.deleteText', { count })
      }
      confirmLabel={content ? t('content.deleteConfirm') : t('module.deleteConfirm')}
      tone="danger"
      onConfirm={() => void confirm()}
      onClose={onClose}
      pending={remove.isPending}
      error={remove.error}
    />
  )
}
