import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormNumberField, FormRadioGroup, FormTextArea } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Button } from '@/components/ui/button'
import { AcceptedFields } from './accepted-fields'
import { OptionFields } from './option-fields'
import type { Question, QuestionDraft } from './queries'
import { draftOf, questionSchema, type QuestionValues, valuesOf } from './question-schema'

interface QuestionFormProps {
  /** Null for a new one. */
  question: Question | null
  title: string
  onSubmit: (draft: QuestionDraft) => Promise<void>
  onCancel: () => void
}

/** A question as it is written. Saved by a person, it is accepted. */
export function QuestionForm({ question, title, onSubmit, onCancel }: QuestionFormProps) {
  const { t } = useTranslation('quiz-editor')
  const form = useForm<QuestionValues>({
    resolver: zodResolver(questionSchema(t)),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: valuesOf(question),
  })
  const { control, setFocus } = form
  const kind = useWatch({ control, name: 'kind' })
  // Who asked for the form wants to type.
  useEffect(() => setFocus(question ? 'prompt' : 'kind'), [setFocus, question])
  return (
    <>
      <h3 className="mb-4 text-lg font-bold">{title}</h3>
      <Form
        form={form}
        guard
        about={question?.id ?? 'new'}
        onSubmit={(values) => onSubmit(draftOf(values))}
      >
        {!question && (
          <FormRadioGroup<QuestionValues>
            name="kind"
            label={t('form.kind')}
            options={(['MCQ', 'SHORT_ANSWER'] as const).map((value) => ({
              value,
              label: t(`kind.${value}`),
            }))}
          />
        )}
        <FormTextArea<QuestionValues> name="prompt" label={t('form.prompt')} rows={2} />
        {kind === 'MCQ' ? <OptionFields /> : <AcceptedFields />}
        <FormNumberField<QuestionValues> name="points" label={t('form.points')} />
        <FormTextArea<QuestionValues>
          name="explanation"
          label={t('form.explanation')}
          hint={t('form.explanationHint')}
          optional
          rows={2}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton>{question ? t('form.save') : t('form.add')}</SubmitButton>
          <Button look="secondary" onClick={onCancel}>
            {t('form.cancel')}
          </Button>
        </div>
      </Form>
    </>
  )
}
