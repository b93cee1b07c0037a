import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { RadioGroup } from '@/components/ui/radio-group'
import { showToast } from '@/lib/toasts'
import { type School, useEditSchool } from './queries'
import { usePlanChoices } from './use-plan-choices'

export function PlanDialog({ school, onClose }: { school: School; onClose: () => void }) {
  const { t } = useTranslation('schools')
  const [plan, setPlan] = useState(school.plan)
  const choices = usePlanChoices()
  const edit = useEditSchool(school.id)

  const change = () => {
    if (plan === school.plan) {
      onClose()
      return
    }
    edit.mutate(
      { plan },
      {
        onSuccess: () => {
          showToast(t('planDialog.done', { name: school.name, plan: t(`plan.${plan}`) }))
          onClose()
        },
      },
    )
  }
  return (
    <ConfirmDialog
      title={t('planDialog.title', { name: school.name })}
      body={t('planDialog.text')}
      confirmLabel={t('planDialog.confirm')}
      onConfirm={change}
      onClose={onClose}
      pending={edit.isPending}
      error={edit.error}
    >
      <RadioGroup label={t('onboard.plan')} options={choices} value={plan} onChange={setPlan} />
    </ConfirmDialog>
  )
}
