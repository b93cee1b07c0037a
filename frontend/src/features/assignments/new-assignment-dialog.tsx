import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import * as z from 'zod/mini'
import { FormCheckbox, FormRadioGroup } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { paths } from '@/config/paths'
import { createAssignment } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { passingFits, termsShape } from './assignment-terms'
import { PlaceFields } from './place-fields'
import { keepAssignment } from './queries'
import { TermsFields } from './terms-fields'

/** Reflections come out of videos; what people set by hand is work or a quiz. */
const KINDS_TO_SET = ['MANUAL', 'QUIZ'] as const
const QUIZ_PASSING_SCORE = 70

const makeSchema = (t: TFunction<'assignments'>) =>
  z
    .object({
      ...termsShape(t, false),
      course_id: z
        .nullable(z.string())
        .check(z.refine((id) => id !== null, t('form.courseMissing'))),
      place: z.string(),
      kind: z.enum(KINDS_TO_SET),
      is_published: z.boolean(),
    })
    .check(z.refine(passingFits, { path: ['passing_score'], error: t('form.passingRange') }))

interface NewAssignmentDialogProps {
  /** The course that is looked at already. */
  courseId: string | null
  onClose: () => void
}

export function NewAssignmentDialog({ courseId, onClose }: NewAssignmentDialogProps) {
  const { t } = useTranslation('assignments')
  const navigate = useNavigate()
  const client = useQueryClient()
  const form = useForm({
    resolver: zodResolver(makeSchema(t)),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: {
      course_id: courseId,
      place: '',
      kind: 'MANUAL' as const,
      title: '',
      instructions: '',
      due_date: null,
      max_score: 100,
      passing_score: 0,
      is_mandatory: true,
      is_published: true,
    },
  })
  const { control, setValue, getFieldState } = form
  const isQuiz = useWatch({ control, name: 'kind' }) === 'QUIZ'
  useEffect(() => {
    // What is usual for either, until the person says otherwise.
    if (!getFieldState('passing_score').isDirty) {
      setValue('passing_score', isQuiz ? QUIZ_PASSING_SCORE : 0, { shouldDirty: false })
    }
  }, [isQuiz, setValue, getFieldState])

  const create = async ({
    course_id,
    place,
    is_published,
    ...values
  }: z.infer<ReturnType<typeof makeSchema>>) => {
    const [moduleId, contentId] = place.split('/')
    const { data } = await createAssignment({
      body: {
        ...values,
        course_id: course_id ?? '',
        ...(moduleId && { module_id: moduleId }),
        ...(contentId && { content_id: contentId }),
        // A quiz is scored in percent, and published once it has questions.
        ...(values.kind === 'QUIZ' ? { max_score: 100, is_published: false } : { is_published }),
      },
    })
    await keepAssignment(client, data)
    showToast(t('form.created'))
    await navigate(values.kind === 'QUIZ' ? paths.questions(data.id) : paths.assignment(data.id))
  }
  return (
    <Dialog title={t('form.newTitle')} size="wide" onClose={onClose}>
      <div className="mt-5">
        <Form
          form={form}
          onSubmit={create}
          serverNames={{ module_id: 'place', content_id: 'place' }}
        >
          <FormRadioGroup
            name="kind"
            label={t('form.kind')}
            options={KINDS_TO_SET.map((value) => ({
              value,
              label: t(`kind.${value}`),
              hint: t(`kindHint.${value}`),
            }))}
          />
          <PlaceFields />
          <TermsFields isQuiz={isQuiz} />
          {!isQuiz && (
            <FormCheckbox
              name="is_published"
              label={t('form.publish')}
              hint={t('form.publishHint')}
            />
          )}
          <div className="flex flex-wrap gap-3">
            <SubmitButton>{t('form.create')}</SubmitButton>
            <Button look="secondary" onClick={onClose}>
              {t('form.cancel')}
            </Button>
          </div>
        </Form>
      </div>
    </Dialog>
  )
}
