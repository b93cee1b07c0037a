import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { Column } from '@/components/data-table/column'
import { StatusChip } from '@/components/ui/status-chip'
import { paths } from '@/config/paths'
import { formatMoment } from '@/lib/format'
import type { Delivery } from './queries'

const TONES = { FAILED: 'danger', QUEUED: 'brand', SENT: 'success', NOT_MAILED: 'neutral' } as const

export const deliveryColumns = (
  t: TFunction<'reminders'>,
  timeZone: string | undefined,
): Column<Delivery>[] => [
  {
    id: 'person',
    header: t('column.person'),
    isRowHeader: true,
    cell: (delivery) => (
      <>
        <Link
          to={paths.teacher(delivery.teacher_id)}
          className="inline-flex min-h-6 items-center font-semibold text-brand-strong underline-offset-4 hover:underline"
        >
          {delivery.teacher_name || delivery.teacher_email}
        </Link>
        <span className="block text-sm font-normal wrap-anywhere text-ink-soft">
          {delivery.teacher_email}
        </span>
      </>
    ),
  },
  {
    id: 'state',
    header: t('column.mail'),
    cell: (delivery) => (
      <>
        <StatusChip tone={TONES[delivery.state]}>{t(`state.${delivery.state}`)}</StatusChip>
        {whyOf(delivery, t, timeZone) && (
          <span className="mt-1 block text-sm wrap-anywhere text-ink-soft">
            {whyOf(delivery, t, timeZone)}
          </span>
        )}
      </>
    ),
  },
  {
    id: 'when',
    header: t('column.sentAt'),
    cell: (delivery) =>
      delivery.sent_at === null ? t('notSent') : formatMoment(delivery.sent_at, timeZone),
  },
  {
    id: 'read',
    header: t('column.read'),
    cell: (delivery) => (delivery.is_read ? t('read') : t('unread')),
  },
]

/** Why a mail has not arrived, and what happens next. */
function whyOf(
  { state, reason, attempts, next_attempt_at: next }: Delivery,
  t: TFunction<'reminders'>,
  timeZone: string | undefined,
): string {
  if (state === 'NOT_MAILED') return t('why.notMailed')
  if (state === 'FAILED') return t('why.failed', { count: attempts, reason })
  // A first attempt that is about to happen needs no words.
  if (state !== 'QUEUED' || attempts === 0 || next === null) return ''
  return t('why.again', { reason, when: formatMoment(next, timeZone) })
}
