import { zodResolver } from '@hookform/resolvers/zod'
import { useEffect } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormTextArea } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Card } from '@/components/ui/card'
import { showToast } from '@/lib/toasts'
import { type School, useEditSchool } from './queries'

const MAX_NOTES = 10_000

const schema = z.object({ notes: z.string() })
type Values = z.infer<typeof schema>

interface NotesFormProps {
  school: School
  /** Told whether there is something that would be lost with the page. */
  onUnsaved: (isUnsaved: boolean) => void
}

/** What operators want to remember about a school. */
export function NotesForm({ school, onUnsaved }: NotesFormProps) {
  const { t } = useTranslation('schools')
  const edit = useEditSchool(school.id)
  const form = useForm({
    resolver: zodResolver(schema),
    shouldFocusError: false,
    values: { notes: school.notes },
    // What is being typed survives a newer answer about the school.
    resetOptions: { keepDirtyValues: true },
  })
  const isUnsaved = form.formState.isDirty && !form.formState.isSubmitting
  useEffect(() => onUnsaved(isUnsaved), [isUnsaved, onUnsaved])
  return (
    <Card title={t('notes.title')} className="lg:col-span-2">
      <Form
        form={form}
        onSubmit={async ({ notes }: Values) => {
          const saved = await edit.mutateAsync({ notes })
          form.reset({ notes: saved.notes })
          showToast(t('notes.saved'))
        }}
      >
        <FormTextArea<Values>
          name="notes"
          label={t('notes.label')}
          hint={t('notes.hint')}
          rows={8}
          maxLength={MAX_NOTES}
        />
        <SubmitButton look="secondary">{t('notes.save')}</SubmitButton>
      </Form>
    </Card>
  )
}
