import { zodResolver } from '@hookform/resolvers/zod'
import { PaperAirplaneIcon } from '@heroicons/react/24/outline'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { FormTextArea, FormTextField } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { UnsavedGuard } from '@/components/form/unsaved-guard'
import { Notice } from '@/components/feedback/notice'
import { Card } from '@/components/ui/card'
import { paths } from '@/config/paths'
import { AudienceFields } from './audience-fields'
import {
  askable,
  audienceOf,
  type Draft,
  draftFrom,
  draftSchema,
  MAX_MESSAGE,
  requestOf,
} from './draft'
import { previewQuery } from './queries'
import { PreviewCard } from './preview-card'
import { SendDialog } from './send-dialog'

/** Whom, of what, in which words; beside it what they will read. It is sent after one more question. */
export function ReminderForm() {
  const { t } = useTranslation('reminders')
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const [params] = useSearchParams()
  const { state } = useLocation()
  const [asked, setAsked] = useState<{ draft: Draft; count: number } | null>(null)
  const [isNobodyLeft, setNobodyLeft] = useState(false)
  const [isSent, setSent] = useState(false)
  const schema = useMemo(() => draftSchema(t), [t])
  const form = useForm<Draft>({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: draftFrom(params, state),
  })
  // Complete from the start: every field has a default.
  const draft = useWatch({ control: form.control }) as Draft

  const ask = async (values: Draft) => {
    const preview = await queryClient.fetchQuery(previewQuery(askable(audienceOf(values))))
    const count = preview.recipient_count
    setNobodyLeft(count === 0)
    if (count > 0) setAsked({ draft: values, count })
  }
  return (
    <>
      <Form form={form} onSubmit={ask}>
        <UnsavedGuard when={form.formState.isDirty && !isSent} within />
        <div className="grid items-start gap-5 xl:grid-cols-2 xl:gap-x-6">
          <div className="space-y-5">
            <Card title={t('compose.whom')}>
              <AudienceFields kind={draft.kind} audience={draft.audience} />
            </Card>
            <Card title={t('compose.words')} description={t(`compose.wordsOf.${draft.kind}`)}>
              <div className="space-y-5">
                <FormTextField
                  name="subject"
                  label={t('compose.subject')}
                  optional
                  autoComplete="off"
                />
                <FormTextArea
                  name="message"
                  label={t('compose.message')}
                  optional={draft.kind !== 'CUSTOM'}
                  rows={6}
                  limit={MAX_MESSAGE}
                />
              </div>
            </Card>
          </div>
          {/* On a phone it is read before the button is reached. */}
          <PreviewCard draft={draft} />
        </div>
        {isNobodyLeft && (
          <Notice tone="danger" role="alert">
            {t('compose.nobody')}
          </Notice>
        )}
        <SubmitButton>
          <PaperAirplaneIcon aria-hidden="true" className="size-5" />
          {t('compose.send')}
        </SubmitButton>
      </Form>
      {asked && (
        <SendDialog
          request={requestOf(asked.draft)}
          count={asked.count}
          onClose={() => setAsked(null)}
          onSending={() => setSent(true)}
          onFailed={() => setSent(false)}
          onSent={(reminder) => void navigate(paths.reminder(reminder.id))}
        />
      )}
    </>
  )
}
