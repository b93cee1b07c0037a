import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/lib/toasts'
import type { CourseRow } from './queries'
import { useRestore } from './use-restore'
import { useDeleteCourse } from './writes'

interface DeleteCourseDialogProps {
  course: Pick<CourseRow, 'id' | 'title'>
  onClose: () => void
  onDeleted?: () => void
}

/** Asks for the title, and offers to take it back right after. */
export function DeleteCourseDialog({ course, onClose, onDeleted }: DeleteCourseDialogProps) {
  const { t } = useTranslation('courses')
  const remove = useDeleteCourse()
  const restore = useRestore()
  const { id, title } = course
  const confirm = async () => {
    try {
      await remove.mutateAsync(id)
    } catch {
      return // It stands in the dialog.
    }
    onClose()
    onDeleted?.()
    showToast(t('action.deleted', { title }), 'info', {
      label: t('undo'),
      onAction: () => restore(course),
    })
  }
  return (
    <ConfirmDialog
      title={t('delete.title', { title })}
      body={t('delete.text')}
      confirmLabel={t('delete.confirm')}
      tone="danger"
      typeToConfirm={title}
      onConfirm={() => void confirm()}
      onClose={onClose}
      pending={remove.isPending}
      error={remove.error}
    />
  )
}
