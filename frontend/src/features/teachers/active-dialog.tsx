import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { fullName } from '@/components/person-name'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/lib/toasts'
import { describePersonError } from './describe-person-error'
import { type Teacher, useEditTeacher } from './queries'

/** Closes somebody's account, or opens it again. */
export function ActiveDialog({ person, onClose }: { person: Teacher; onClose: () => void }) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const edit = useEditTeacher(person.id)
  const words = person.is_active ? 'deactivateDialog' : 'activateDialog'
  const name = fullName(person)
  return (
    <ConfirmDialog
      title={t(`${words}.title`, { name })}
      body={t(`${words}.text`)}
      confirmLabel={t(`${words}.confirm`)}
      tone={person.is_active ? 'danger' : 'normal'}
      onConfirm={() =>
        edit.mutate(
          { is_active: !person.is_active },
          {
            onSuccess: () => {
              showToast(t(`${words}.done`, { name }))
              onClose()
            },
          },
        )
      }
      onClose={onClose}
      pending={edit.isPending}
    >
      {edit.isError && (
        <Notice tone="danger" role="alert">
          {describePersonError(edit.error, t, tCommon)}
        </Notice>
      )}
    </ConfirmDialog>
  )
}
