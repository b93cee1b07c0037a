import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import * as z from 'zod/mini'
import { FormNumberField, FormTextArea } from '@/components/form/fields'
import { Form } from '@/components/form/form'
import { SubmitButton } from '@/components/form/submit-button'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { extendQuiz } from '@/lib/api/operations'
import { formatMoment } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { PersonField } from './person-field'
import { type Extension, refreshExtensions } from './queries'

const MAX_REASON = 500

function makeSchema(t: TFunction<'quiz-extensions'>) {
  const [percent, minutes, attempts] = [
    t('form.percentRange'),
    t('form.minutesRange'),
    t('form.attemptsRange'),
  ]
  return z
    .object({
      person: z.nullable(z.string()).check(z.refine((id) => id !== null, t('form.personMissing'))),
      percent: z.nullable(z.int(percent).check(z.gte(0, percent), z.lte(300, percent))),
      minutes: z.nullable(z.number(minutes).check(z.gte(0, minutes), z.lte(240, minutes))),
      attempts: z.nullable(z.int(attempts).check(z.gte(0, attempts), z.lte(20, attempts))),
      reason: z
        .string()
        .check(
          z.trim(),
          z.minLength(1, t('form.reasonMissing')),
          z.maxLength(MAX_REASON, t('form.reasonLong')),
        ),
    })
    .check(
      z.refine((given) => (given.percent ?? 0) + (given.minutes ?? 0) + (given.attempts ?? 0) > 0, {
        message: t('form.nothing'),
        path: ['attempts'],
      }),
    )
}

interface ExtensionDialogProps {
  assignmentId: string
  isTimed: boolean
  /** The one to change; null: for somebody new. */
  extension: Extension | null
  timeZone: string | undefined
  onClose: () => void
}

const orNull = (value: number | undefined) => (value === undefined || value === 0 ? null : value)

/** What somebody is to have beyond everybody, and why. */
export function ExtensionDialog({
  assignmentId,
  isTimed,
  extension,
  timeZone,
  onClose,
}: ExtensionDialogProps) {
  const { t } = useTranslation('quiz-extensions')
  const client = useQueryClient()
  const form = useForm({
    resolver: zodResolver(makeSchema(t)),
    mode: 'onTouched',
    shouldFocusError: false,
    defaultValues: {
      person: extension?.teacher.id ?? null,
      percent: orNull(extension?.extra_percent),
      minutes: extension ? orNull(extension.extra_seconds / 60) : null,
      attempts: orNull(extension?.extra_attempts),
      reason: extension?.reason ?? '',
    },
  })
  return (
    <Dialog
      title={extension ? t('form.title', { name: extension.teacher.name }) : t('form.newTitle')}
      onClose={onClose}
    >
      <div className="mt-3">
        <Form
          form={form}
          about={extension?.teacher.id ?? 'new'}
          serverNames={{
            extra_percent: 'percent',
            extra_seconds: 'minutes',
            extra_attempts: 'attempts',
          }}
          onSubmit={async ({ person, percent, minutes, attempts, reason }) => {
            const { data } = await extendQuiz({
              path: { assignment_id: assignmentId, user_id: person ?? '' },
              body: {
                extra_percent: percent ?? 0,
                extra_seconds: Math.round((minutes ?? 0) * 60),
                extra_attempts: attempts ?? 0,
                reason,
              },
            })
            const { name } = data.teacher
            showToast(
              data.open_until === null
                ? t('given', { name })
                : t('givenOpen', { name, time: formatMoment(data.open_until, timeZone) }),
            )
            onClose()
            await refreshExtensions(client, assignmentId)
          }}
        >
          {!extension && <PersonField label={t('form.person')} />}
          {isTimed ? (
            <>
              <FormNumberField
                name="percent"
                label={t('form.percent')}
                hint={t('form.percentHint')}
                unit={t('form.percentUnit')}
                optional
              />
              <FormNumberField
                name="minutes"
                label={t('form.minutes')}
                unit={t('form.minutesUnit')}
                decimal
                optional
              />
            </>
          ) : (
            <p className="text-ink-soft">{t('form.noLimit')}</p>
          )}
          <FormNumberField
            name="attempts"
            label={t('form.attempts')}
            hint={t('form.attemptsHint')}
            optional
          />
          <FormTextArea
            name="reason"
            label={t('form.reason')}
            hint={t('form.reasonHint')}
            rows={3}
          />
          <div className="flex flex-wrap gap-3">
            <SubmitButton>{t('form.save')}</SubmitButton>
            <Button look="secondary" onClick={onClose}>
              {t('form.cancel')}
            </Button>
          </div>
        </Form>
      </div>
    </Dialog>
  )
}
