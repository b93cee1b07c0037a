import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { sendReminder } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { formatNumber } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { useRequestKey } from '@/lib/use-request-key'
import { type Reminder, type ReminderRequest, REMINDERS } from './queries'

interface SendDialogProps {
  request: ReminderRequest | null
  count: number
  onClose: () => void
  onSending: () => void
  onFailed: () => void
  onSent: (reminder: Reminder) => void
}

/** The last question before mails leave: they cannot be called back. */
export function SendDialog({
  request,
  count,
  onClose,
  onSending,
  onFailed,
  onSent,
}: SendDialogProps) {
  const { t } = useTranslation('reminders')
  const queryClient = useQueryClient()
  const keyFor = useRequestKey()
  const send = useMutation({
    mutationFn: async () => {
      if (request === null) throw new Error('a reminder without an audience was confirmed')
      return (await sendReminder({ body: request, headers: keyFor(request) })).data
    },
    onMutate: onSending,
    onError: onFailed,
    onSuccess: (reminder) => {
      void queryClient.invalidateQueries({ queryKey: REMINDERS })
      showToast(t('sent', { count: reminder.recipient_count }))
      onSent(reminder)
    },
  })
  const wasJustSent = isApiError(send.error, 'reminder_just_sent')
  return (
    <ConfirmDialog
      title={t('confirm.title', { count, number: formatNumber(count) })}
      body={t('confirm.body')}
      confirmLabel={t('confirm.send', { count, number: formatNumber(count) })}
      pending={send.isPending}
      error={wasJustSent ? null : send.error}
      onConfirm={() => send.mutate()}
      onClose={onClose}
    >
      {wasJustSent && (
        <p role="alert" className="font-semibold text-danger">
          {t('confirm.justSent')}
        </p>
      )}
    </ConfirmDialog>
  )
}
