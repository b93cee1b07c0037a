import { PlusIcon } from '@heroicons/react/20/solid'
import { useId } from 'react'
import { useController, useFieldArray } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormTextField } from '@/components/form/fields'
import { Button } from '@/components/ui/button'
import { MAX_OPTIONS, type QuestionValues } from './question-schema'
import { RemoveAnswerButton } from './remove-answer-button'

const FEWEST = 2

/** What can be chosen, and which of it is right. */
export function OptionFields() {
  const { t } = useTranslation('quiz-editor')
  const id = useId()
  const { fields, append, remove } = useFieldArray<QuestionValues, 'options'>({ name: 'options' })
  const { field: correct } = useController<QuestionValues, 'correct'>({ name: 'correct' })

  const drop = (index: number) => {
    remove(index)
    // The mark stays with its answer; of one that is gone it goes to the first.
    if (index === correct.value) correct.onChange(0)
    else if (index < correct.value) correct.onChange(correct.value - 1)
  }
  return (
    <fieldset aria-describedby={`${id}-hint`}>
      <legend className="font-semibold">{t('form.options')}</legend>
      <p id={`${id}-hint`} className="mb-3 text-sm text-ink-soft">
        {t('form.optionsHint')}
      </p>
      <div className="space-y-3">
        {fields.map((row, index) => (
          <div key={row.id} className="flex items-start gap-3">
            <input
              type="radio"
              name={id}
              checked={correct.value === index}
              onChange={() => correct.onChange(index)}
              aria-label={t('form.isCorrect', { number: index + 1 })}
              className="mt-10.5 size-6 shrink-0 accent-brand-strong"
            />
            <FormTextField<QuestionValues>
              name={`options.${index}.text`}
              label={t('form.option', { number: index + 1 })}
              className="min-w-0 flex-1"
            />
            {fields.length > FEWEST && (
              <RemoveAnswerButton number={index + 1} onRemove={() => drop(index)} />
            )}
          </div>
        ))}
      </div>
      {fields.length < MAX_OPTIONS && (
        <Button look="quiet" className="mt-2" onClick={() => append({ text: '' })}>
          <PlusIcon aria-hidden="true" className="size-5" />
          {t('form.addOption')}
        </Button>
      )}
    </fieldset>
  )
}
