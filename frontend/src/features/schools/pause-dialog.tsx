import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/lib/toasts'
import { type School, useEditSchool } from './queries'

/** Shuts a school, or opens it again. */
export function PauseDialog({ school, onClose }: { school: School; onClose: () => void }) {
  const { t } = useTranslation('schools')
  const edit = useEditSchool(school.id)
  const isPaused = school.status === 'SUSPENDED'
  const words = isPaused ? 'resumeDialog' : 'pauseDialog'
  return (
    <ConfirmDialog
      title={t(`${words}.title`, { name: school.name })}
      body={t(`${words}.text`)}
      confirmLabel={t(`${words}.confirm`)}
      tone={isPaused ? 'normal' : 'danger'}
      onConfirm={() =>
        edit.mutate(
          { is_active: isPaused },
          {
            onSuccess: () => {
              showToast(t(`${words}.done`, { name: school.name }))
              onClose()
            },
          },
        )
      }
      onClose={onClose}
      pending={edit.isPending}
      error={edit.error}
    />
  )
}
