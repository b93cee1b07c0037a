import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { describeError } from '@/lib/api/describe-error'
import { undoTeacherImport } from '@/lib/api/operations'
import { ApiError } from '@/lib/api/problem'
import { showToast } from '@/lib/toasts'
import { importQuery, type TeacherImport } from './import-queries'
import { refreshPeople } from './queries'

/** Takes back what an import did. */
export function UndoImportDialog({ made, onClose }: { made: TeacherImport; onClose: () => void }) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const undo = useMutation({
    mutationFn: async () => (await undoTeacherImport({ path: { import_id: made.id ?? '' } })).data,
    onSuccess: ({ removed, kept }) => {
      void queries.invalidateQueries({ queryKey: importQuery(made.id ?? '').queryKey })
      void refreshPeople(queries)
      const words = [
        t('import.undoDialog.done', { count: removed }),
        kept > 0 && t('import.undoDialog.kept', { count: kept }),
      ]
      showToast(words.filter(Boolean).join(' '))
      onClose()
    },
  })
  const describe = (error: unknown): string => {
    const code = error instanceof ApiError ? error.code : ''
    return code === 'import_undone' || code === 'undo_too_late'
      ? t(`import.undoDialog.${code}`)
      : describeError(error, tCommon)
  }
  return (
    <ConfirmDialog
      title={t('import.undoDialog.title')}
      body={t('import.undoDialog.text')}
      confirmLabel={t('import.undoDialog.confirm')}
      tone="danger"
      onConfirm={() => undo.mutate()}
      onClose={onClose}
      pending={undo.isPending}
    >
      {undo.isError && (
        <Notice tone="danger" role="alert">
          {describe(undo.error)}
        </Notice>
      )}
    </ConfirmDialog>
  )
}
