import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Notification } from '@/lib/api/operations'
import { useSessionStore } from '@/lib/auth/session-store'
import { formatMoment } from '@/lib/format'

interface NoticeListProps {
  notices: Notification[]
  onRead: (id: string) => void
  /** After a link was followed. */
  onFollow?: () => void
}

export function NoticeList({ notices, onRead, onFollow }: NoticeListProps) {
  const { t } = useTranslation('notices')
  const isVisit = useSessionStore((state) => state.visit !== null)
  return (
    <ul className="divide-y divide-line">
      {notices.map(({ id, title, message, link, is_read: isRead, created_at: at }) => (
        <li key={id} className="flex gap-3 py-3">
          <span
            aria-hidden="true"
            className={clsx('mt-2 size-2.5 shrink-0 rounded-full', !isRead && 'bg-brand-strong')}
          />
          <div className="min-w-0 flex-1">
            {!isRead && <span className="sr-only">{t('unread')}: </span>}
            {link ? (
              <Link
                to={link}
                data-title
                onClick={() => {
                  if (!isRead && !isVisit) onRead(id)
                  onFollow?.()
                }}
                className="font-semibold break-words text-brand-strong underline-offset-4 hover:underline"
              >
                {title}
              </Link>
            ) : (
              <p tabIndex={-1} data-title className="font-semibold break-words outline-none">
                {title}
              </p>
            )}
            {message && <p className="break-words whitespace-pre-line text-ink-soft">{message}</p>}
            <p className="mt-0.5 flex flex-wrap items-center gap-x-4 text-sm text-ink-soft">
              <time dateTime={at}>{formatMoment(at)}</time>
              {!isRead && !isVisit && (
                <button
                  type="button"
                  onClick={(event) => {
                    // This button goes; the focus must not go with it.
                    const entry = event.currentTarget.closest('li')
                    entry?.querySelector<HTMLElement>('[data-title]')?.focus()
                    onRead(id)
                  }}
                  aria-label={t('markReadNamed', { title })}
                  className="min-h-8 font-semibold text-brand-strong underline-offset-4 hover:underline"
                >
                  {t('markRead')}
                </button>
              )}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
