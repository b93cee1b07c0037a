import { zodResolver } from '@hookform/resolvers/zod'
import { EnvelopeIcon } from '@heroicons/react/24/outline'
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { createTeacher } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { DepartmentField, GroupsField, IdentityFields } from './person-fields'
import { identitySchema } from './person-values'
import { refreshPeople } from './queries'
import { refuseField } from './refused-field'

const makeSchema = (t: TFunction<'teachers'>) => z.object(identitySchema(t))
type Values = z.infer<ReturnType<typeof makeSchema>>

/** Registers somebody, who gets a link to choose a password. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const schema = useMemo(() => makeSchema(t), [t])
  // Sent twice over a bad line, they are invited once.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const form = useForm<Values>({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: {
      first_name: '',
      last_name: '',
      email: '',
      role: 'TEACHER',
      department: '',
      group_ids: [],
    },
  })
  const send = async (values: Values) => {
    try {
      await createTeacher({ body: values, headers: { 'Idempotency-Key': key } })
    } catch (error) {
      // What is mended is another request.
      setKey(crypto.randomUUID())
      refuseField(error, form, t)
      return
    }
    void refreshPeople(queries)
    showToast(t('inviteDialog.done', { email: values.email }))
    onClose()
  }
  return (
    <Dialog title={t('inviteDialog.title')} size="wide" onClose={onClose}>
      <p className="mt-1 mb-4 text-ink-soft">{t('inviteDialog.text')}</p>
      <Form form={form} onSubmit={send}>
        <div className="grid gap-5 sm:grid-cols-2">
          <IdentityFields />
          <DepartmentField className="sm:col-span-2" />
          <GroupsField />
        </div>
        <div className="flex flex-wrap gap-3">
          <SubmitButton>
            <EnvelopeIcon aria-hidden="true" className="size-5" />
            {t('inviteDialog.send')}
          </SubmitButton>
          <Button look="secondary" onClick={onClose}>
            {tCommon('action.cancel')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
