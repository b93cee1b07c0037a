import { useTranslation } from 'react-i18next'
import { Avatar } from '@/components/ui/avatar'
import { formatNumber } from '@/lib/format'
import type { Preview } from './queries'

/** How many people it reaches, and the first of them by name. */
export function Recipients({ preview }: { preview: Preview }) {
  const { t } = useTranslation('reminders')
  const { recipient_count: count, muted_count: muted, recipients } = preview
  const more = count - recipients.length
  return (
    <>
      <p role="status" className="text-lg font-bold">
        {count === 0
          ? t('preview.nobody')
          : t('preview.reach', { count, number: formatNumber(count) })}
      </p>
      {muted > 0 && <p className="mt-1 text-ink-soft">{t('preview.muted', { count: muted })}</p>}
      {recipients.length > 0 && (
        <ul className="mt-3 grid max-h-72 gap-2 overflow-y-auto sm:grid-cols-2">
          {recipients.map(({ id, email, first_name, last_name }) => {
            const name = `${first_name} ${last_name}`.trim() || email
            return (
              <li key={id} className="flex min-w-0 items-center gap-2">
                <Avatar name={name} size="small" />
                <span className="min-w-0">
                  <span className="block truncate">{name}</span>
                  {name !== email && (
                    <span className="block truncate text-sm text-ink-soft">{email}</span>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      )}
      {more > 0 && (
        <p className="mt-2 text-ink-soft">
          {t('preview.more', { count: more, number: formatNumber(more) })}
        </p>
      )}
    </>
  )
}
