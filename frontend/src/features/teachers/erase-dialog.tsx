import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { fullName } from '@/components/person-name'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useStepUp } from '@/components/use-step-up'
import { eraseTeacher } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { describePersonError } from './describe-person-error'
import type { Teacher } from './queries'

interface EraseDialogProps {
  person: Teacher
  onClose: () => void
  onErased: () => void
}

/** Removes a person and their data for good, once their name was typed. */
export function EraseDialog({ person, onClose, onErased }: EraseDialogProps) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const { run, dialog } = useStepUp()
  const erase = useMutation({
    mutationFn: () =>
      run(async () => {
        await eraseTeacher({ path: { teacher_id: person.id } })
      }),
    onSuccess: (isDone) => {
      if (!isDone) return
      showToast(t('eraseDialog.done'))
      onErased()
    },
  })
  const name = fullName(person)
  return (
    <>
      <ConfirmDialog
        title={t('eraseDialog.title', { name })}
        body={t('eraseDialog.text')}
        confirmLabel={t('eraseDialog.confirm')}
        tone="danger"
        typeToConfirm={name}
        onConfirm={() => erase.mutate()}
        onClose={onClose}
        pending={erase.isPending}
      >
        {erase.isError && (
          <Notice tone="danger" role="alert">
            {describePersonError(erase.error, t, tCommon)}
          </Notice>
        )}
      </ConfirmDialog>
      {dialog}
    </>
  )
}
