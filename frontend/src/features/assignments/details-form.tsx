import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Card } from '@/components/ui/card'
import { updateAssignment } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { passingFits, termsShape } from './assignment-terms'
import { type Assignment, keepAssignment } from './queries'
import { TermsFields } from './terms-fields'

const termsOf = (assignment: Assignment) => ({
  title: assignment.title,
  instructions: assignment.instructions,
  due_date: assignment.due_date,
  max_score: assignment.max_score,
  passing_score: assignment.passing_score,
  is_mandatory: assignment.is_mandatory,
})

export function DetailsForm({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('assignments')
  const client = useQueryClient()
  const isQuiz = assignment.kind === 'QUIZ'
  const form = useForm({
    resolver: zodResolver(
      z.object(termsShape(t, isQuiz)).check(
        z.refine(passingFits, {
          path: ['passing_score'],
          error: isQuiz ? t('form.passingPercent') : t('form.passingRange'),
        }),
      ),
    ),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: termsOf(assignment),
  })
  return (
    <Card>
      <Form
        form={form}
        guard="within"
        onSubmit={async (body) => {
          const { data } = await updateAssignment({
            path: { assignment_id: assignment.id },
            body,
          })
          await keepAssignment(client, data)
          form.reset(termsOf(data))
          showToast(t('form.saved'))
        }}
      >
        <TermsFields isQuiz={isQuiz} />
        <SubmitButton>{t('form.save')}</SubmitButton>
      </Form>
    </Card>
  )
}
