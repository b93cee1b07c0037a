import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { showToast } from '@/lib/toasts'
import { type School, useEditSchool } from './queries'

/** The trial becomes a paid plan, which has no end. */
export function PayingDialog({ school, onClose }: { school: School; onClose: () => void }) {
  const { t } = useTranslation('schools')
  const edit = useEditSchool(school.id)
  return (
    <ConfirmDialog
      title={t('payingDialog.title', { name: school.name })}
      body={t('payingDialog.text', { plan: t(`plan.${school.plan}`) })}
      confirmLabel={t('payingDialog.confirm')}
      onConfirm={() =>
        edit.mutate(
          { is_trial: false },
          {
            onSuccess: () => {
              showToast(t('payingDialog.done', { name: school.name }))
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
