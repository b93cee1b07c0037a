import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { describeError } from '@/lib/api/describe-error'
import { showToast } from '@/lib/toasts'
import type { CourseRow } from './queries'
import { useDeleteCourse, useRestoreCourse } from './writes'

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

/** Has a deleted course back and says so, wherever the person is by then. */
export function useRestore(): (course: Pick<CourseRow, 'id' | 'title'>) => void {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const { mutateAsync } = useRestoreCourse()
  return ({ id, title }) => {
    mutateAsync(id).then(
      () => showToast(t('action.restored', { title })),
      (error: unknown) =>
        showToast(`${t('action.failed')} ${describeError(error, tCommon)}`, 'danger'),
    )
  }
}
