import { zodResolver } from '@hookform/resolvers/zod'
import { useMemo, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FormDateField, FormTextField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Card } from '@/components/ui/card'
import { useSessionStore } from '@/lib/auth/session-store'
import { showToast } from '@/lib/toasts'
import { DepartmentField, GroupsField, IdentityFields } from './person-fields'
import { changesOf, type Details, detailsSchema, toDetails } from './person-values'
import { type Teacher, useEditTeacher } from './queries'
import { refuseField } from './refused-field'

/** What the school knows about somebody. */
export function DetailsForm({ person }: { person: Teacher }) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const isOwn = useSessionStore(({ user }) => user?.id === person.id)
  const edit = useEditTeacher(person.id)
  // What the form began with: what somebody else changes meanwhile is not put back.
  const [known, setKnown] = useState(person)
  const schema = useMemo(() => detailsSchema(t), [t])
  const form = useForm<Details>({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: toDetails(person),
  })
  const save = async (values: Details) => {
    try {
      // The server tidies what it keeps; the form shows what is kept.
      const saved = await edit.mutateAsync(changesOf(known, values))
      setKnown(saved)
      form.reset(toDetails(saved))
      showToast(t('details.saved'))
    } catch (error) {
      refuseField(error, form, t)
    }
  }
  return (
    <Card title={t('details.title')}>
      <Form form={form} onSubmit={save} guard>
        <div className="grid gap-5 sm:grid-cols-2">
          <IdentityFields
            emailHint={t('details.emailHint')}
            roleFixed={isOwn ? t('person.self') : undefined}
          />
          <DepartmentField />
          <FormTextField<Details> name="designation" label={t('field.designation')} optional />
          <FormTextField<Details>
            name="subjects"
            label={t('field.subjects')}
            hint={t('field.severalHint')}
            optional
          />
          <FormTextField<Details>
            name="grades"
            label={t('field.grades')}
            hint={t('field.severalHint')}
            optional
          />
          <FormTextField<Details> name="employee_id" label={t('field.employee_id')} optional />
          <FormDateField<Details>
            name="date_of_joining"
            label={t('field.date_of_joining')}
            optional
          />
          <GroupsField />
        </div>
        <SubmitButton>{tCommon('action.save')}</SubmitButton>
      </Form>
    </Card>
  )
}
