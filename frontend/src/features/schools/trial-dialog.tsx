import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DateField } from '@/components/ui/date-field'
import { RadioGroup } from '@/components/ui/radio-group'
import { describeFieldProblem } from '@/lib/api/describe-error'
import { isApiError } from '@/lib/api/problem'
import { formatDay } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { type School, useEditSchool } from './queries'

/** Days that operators usually add. */
const USUAL = ['7', '14', '30'] as const
type Choice = (typeof USUAL)[number] | 'day'

/** Makes a trial longer, or shorter: so many days more, or a last day. */
export function TrialDialog({ school, onClose }: { school: School; onClose: () => void }) {
  const { t } = useTranslation('schools')
  const [choice, setChoice] = useState<Choice>('14')
  const [day, setDay] = useState<string | null>(school.trial_ends_on)
  const [isMissing, setMissing] = useState(false)
  const edit = useEditSchool(school.id)
  const refused = isApiError(edit.error)
    ? edit.error.fields.find(({ field }) => field === 'trial_ends_on')
    : undefined

  const extend = () => {
    if (choice === 'day' && !day) {
      setMissing(true)
      return
    }
    edit.mutate(
      choice === 'day' && day ? { trial_ends_on: day } : { extend_trial_days: Number(choice) },
      {
        onSuccess: ({ name, trial_ends_on: end }) => {
          showToast(t('trialDialog.done', { name, day: formatDay(end) }))
          onClose()
        },
      },
    )
  }
  let dayError: string | undefined
  if (isMissing) dayError = t('trialDialog.dayMissing')
  else if (refused) dayError = describeFieldProblem(refused)
  return (
    <ConfirmDialog
      title={t('trialDialog.title', { name: school.name })}
      body={t('trialDialog.text', { day: formatDay(school.trial_ends_on) })}
      confirmLabel={t('trialDialog.confirm')}
      onConfirm={extend}
      onClose={onClose}
      pending={edit.isPending}
      error={refused ? undefined : edit.error}
    >
      <RadioGroup<Choice>
        label={t('trialDialog.howLong')}
        options={[
          ...USUAL.map((value) => ({
            value,
            label: t('trialDialog.days', { count: Number(value) }),
          })),
          { value: 'day', label: t('trialDialog.other') },
        ]}
        value={choice}
        onChange={setChoice}
      />
      {choice === 'day' && (
        <DateField
          label={t('trialDialog.lastDay')}
          value={day}
          onChange={(value) => {
            setDay(value)
            setMissing(false)
          }}
          error={dayError}
        />
      )}
    </ConfirmDialog>
  )
}
