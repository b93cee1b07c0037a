import { PlusIcon } from '@heroicons/react/20/solid'
import { useId } from 'react'
import { useFieldArray } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormTextField } from '@/components/form/fields'
import { Button } from '@/components/ui/button'
import { MAX_ACCEPTED, type QuestionValues } from './question-schema'
import { RemoveAnswerButton } from './remove-answer-button'

/** What counts as right when it is typed. */
export function AcceptedFields() {
  const { t } = useTranslation('quiz-editor')
  const id = useId()
  const { fields, append, remove } = useFieldArray<QuestionValues, 'accepted_answers'>({
    name: 'accepted_answers',
  })
  return (
    <fieldset aria-describedby={`${id}-hint`}>
      <legend className="font-semibold">{t('form.accepted')}</legend>
      <p id={`${id}-hint`} className="mb-3 text-sm text-ink-soft">
        {t('form.acceptedHint')}
      </p>
      <div className="space-y-3">
        {fields.map((row, index) => (
          <div key={row.id} className="flex items-start gap-3">
            <FormTextField<QuestionValues>
              name={`accepted_answers.${index}.text`}
              label={t('form.option', { number: index + 1 })}
              className="min-w-0 flex-1"
            />
            {fields.length > 1 && (
              <RemoveAnswerButton number={index + 1} onRemove={() => remove(index)} />
            )}
          </div>
        ))}
      </div>
      {fields.length < MAX_ACCEPTED && (
        <Button look="quiet" className="mt-2" onClick={() => append({ text: '' })}>
          <PlusIcon aria-hidden="true" className="size-5" />
          {t('form.addOption')}
        </Button>
      )}
    </fieldset>
  )
}
