import { zodResolver } from '@hookform/resolvers/zod'
import { MegaphoneIcon } from '@heroicons/react/24/outline'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod/mini'
import { FormRadioGroup, FormTextArea, FormTextField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { UnsavedGuard } from '@/components/form/unsaved-guard'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { paths } from '@/config/paths'
import { announce } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { useRequestKey } from '@/lib/use-request-key'
import { AnnouncementAudience } from './announcement-audience'
import type { Announcement } from './queries'

const MAX_TITLE = 200
const MAX_TEXT = 2000

/** Something for all teachers, or for groups and people: in the application, and by mail as they like it. */
export function AnnouncementForm() {
  const { t } = useTranslation('reminders')
  const navigate = useNavigate()
  const keyFor = useRequestKey()
  const [asked, setAsked] = useState<Announcement | null>(null)
  const schema = useMemo(
    () =>
      z
        .object({
          title: z
            .string()
            .check(
              z.trim(),
              z.minLength(1, t('announcement.titleMissing')),
              z.maxLength(MAX_TITLE, t('compose.subjectTooLong')),
            ),
          message: z
            .string()
            .check(
              z.trim(),
              z.minLength(1, t('announcement.messageMissing')),
              z.maxLength(MAX_TEXT, t('announcement.messageTooLong')),
            ),
          audience: z.enum(['all', 'chosen']),
          group_ids: z.array(z.string()),
          teacher_ids: z.array(z.string()),
        })
        .check(({ value, issues }) => {
          if (value.audience === 'all' || value.group_ids.length + value.teacher_ids.length > 0) {
            return
          }
          const message = t('announcement.audienceMissing')
          issues.push({ code: 'custom', path: ['group_ids'], message, input: value.group_ids })
        }),
    [t],
  )
  const form = useForm<z.infer<typeof schema>>({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: { title: '', message: '', audience: 'all', group_ids: [], teacher_ids: [] },
  })
  const audience = useWatch({ control: form.control, name: 'audience' })
  const send = useMutation({
    mutationFn: async (body: Announcement) =>
      (await announce({ body, headers: keyFor(body) })).data,
    onSuccess: ({ recipient_count }) => {
      showToast(t('announcement.made', { count: recipient_count }))
      void navigate(paths.reminders)
    },
  })
  const ask = ({ title, message, ...whom }: z.infer<typeof schema>) => {
    const isForAll = whom.audience === 'all'
    setAsked({
      title,
      message,
      to_all: isForAll,
      group_ids: isForAll ? [] : whom.group_ids,
      teacher_ids: isForAll ? [] : whom.teacher_ids,
    })
  }
  const isLeaving = send.isPending || send.isSuccess
  return (
    <>
      <Form form={form} onSubmit={ask} className="max-w-2xl space-y-5">
        <UnsavedGuard when={form.formState.isDirty && !isLeaving} within />
        <Card>
          <div className="space-y-5">
            <FormTextField name="title" label={t('announcement.subject')} autoComplete="off" />
            <FormTextArea name="message" label={t('announcement.text')} rows={6} limit={MAX_TEXT} />
            <FormRadioGroup
              name="audience"
              label={t('announcement.audience')}
              options={[
                { value: 'all', label: t('announcement.all') },
                { value: 'chosen', label: t('announcement.chosen') },
              ]}
            />
            {audience === 'chosen' && <AnnouncementAudience />}
          </div>
        </Card>
        <SubmitButton>
          <MegaphoneIcon aria-hidden="true" className="size-5" />
          {t('announcement.make')}
        </SubmitButton>
      </Form>
      {asked && (
        <ConfirmDialog
          title={t('announcement.confirm')}
          body={asked.to_all ? t('announcement.confirmAll') : whomInWords(asked)}
          confirmLabel={t('announcement.make')}
          pending={send.isPending}
          error={send.error}
          onConfirm={() => send.mutate(asked)}
          onClose={() => {
            send.reset()
            setAsked(null)
          }}
        />
      )}
    </>
  )

  function whomInWords({ group_ids, teacher_ids }: Announcement): string {
    const parts = [
      ...(group_ids?.length ? [t('announcement.groupCount', { count: group_ids.length })] : []),
      ...(teacher_ids?.length
        ? [t('announcement.peopleCount', { count: teacher_ids.length })]
        : []),
    ]
    return t('announcement.confirmChosen', { whom: parts.join(' + ') })
  }
}
