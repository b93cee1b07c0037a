import { useTranslation } from 'react-i18next'
import {
  FormCheckbox,
  FormDateField,
  FormNumberField,
  FormTextArea,
  FormTextField,
} from '@/components/form/fields'

/** The fields of what `termsShape` describes. A quiz is scored in percent, so it has no highest score. */
export function TermsFields({ isQuiz }: { isQuiz: boolean }) {
  const { t } = useTranslation('assignments')
  return (
    <>
      <FormTextField name="title" label={t('form.title')} />
      <FormTextArea
        name="instructions"
        label={t('form.instructions')}
        hint={t('form.instructionsHint')}
        rows={5}
      />
      <FormDateField name="due_date" label={t('form.due')} hint={t('form.dueHint')} optional />
      <div className="grid gap-5 sm:grid-cols-2">
        {!isQuiz && <FormNumberField name="max_score" label={t('form.maxScore')} />}
        <FormNumberField
          name="passing_score"
          label={isQuiz ? t('form.passingQuiz') : t('form.passingScore')}
          {...(isQuiz ? { unit: '%' } : { hint: t('form.passingHint') })}
          className="self-end"
        />
      </div>
      <FormCheckbox name="is_mandatory" label={t('form.mandatory')} />
    </>
  )
}
