import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormNumberField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Card } from '@/components/ui/card'
import { updateAssignment } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { questionsQuery, type Quiz, refreshAssignment } from './queries'

function makeSchema(t: TFunction<'quiz-editor'>) {
  const attempts = t('settings.attemptsRange')
  const passing = t('settings.passingRange')
  const limit = t('settings.limitRange')
  return z.object({
    attempts_allowed: z.int(attempts).check(z.gte(1, attempts), z.lte(20, attempts)),
    passing_score: z.int(passing).check(z.gte(0, passing), z.lte(100, passing)),
    minutes: z.nullable(z.number(limit).check(z.gte(0.5, limit), z.lte(240, limit))),
  })
}

const rulesOf = (quiz: Quiz) => ({
  attempts_allowed: quiz.attempts_allowed,
  passing_score: quiz.passing_score,
  minutes: quiz.time_limit_seconds === null ? null : quiz.time_limit_seconds / 60,
})

export function QuizSettingsForm({ quiz }: { quiz: Quiz }) {
  const { t } = useTranslation('quiz-editor')
  const client = useQueryClient()
  const form = useForm({
    resolver: zodResolver(makeSchema(t)),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: rulesOf(quiz),
  })
  return (
    <Card title={t('settings.title')}>
      <Form
        form={form}
        serverNames={{ time_limit_seconds: 'minutes' }}
        onSubmit={async ({ minutes, ...values }) => {
          await updateAssignment({
            path: { assignment_id: quiz.assignment_id },
            body: {
              ...values,
              time_limit_seconds: minutes === null ? null : Math.round(minutes * 60),
            },
          })
          form.reset({ minutes, ...values })
          showToast(t('settings.saved'))
          await Promise.all([
            client.invalidateQueries({ queryKey: questionsQuery(quiz.assignment_id).queryKey }),
            refreshAssignment(client, quiz.assignment_id),
          ])
        }}
      >
        <FormNumberField
          name="attempts_allowed"
          label={t('settings.attempts')}
          hint={t('settings.attemptsHint')}
        />
        <FormNumberField
          name="passing_score"
          label={t('settings.passing')}
          unit={t('settings.percent')}
        />
        <FormNumberField
          name="minutes"
          label={t('settings.limit')}
          hint={t('settings.limitHint')}
          unit={t('settings.minutes')}
          decimal
          optional
        />
        <p className="text-sm text-ink-soft">{t('settings.shuffle')}</p>
        <SubmitButton look="secondary">{t('settings.save')}</SubmitButton>
      </Form>
    </Card>
  )
}
