import { XMarkIcon } from '@heroicons/react/20/solid'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { dismissToast, toastStore } from '@/lib/toasts'
import { TextButton } from './text-link'

const TONES = {
  success: 'border-success',
  danger: 'border-danger',
  info: 'border-brand-strong',
}

/** Where passing messages appear. Always in the page, so that screen readers hear what comes into it. */
export function Toaster() {
  const { t } = useTranslation()
  const toasts = useStore(toastStore, (state) => state.toasts)
  return (
    <div
      role="status"
      aria-label={t('toast.label')}
      // Away from the tray of uploads at the bottom right, and from the bar at the thumb.
      className="pointer-events-none fixed inset-x-4 top-20 z-50 flex flex-col items-center gap-2 sm:top-auto sm:right-auto sm:bottom-6 sm:items-start"
    >
      {toasts.map(({ id, tone, text, action }) => (
        <div
          key={id}
          className={clsx(
            'pointer-events-auto flex w-full max-w-sm animate-fade-in items-start gap-2 rounded-lg border border-l-4 bg-surface py-1 pr-1 pl-4 shadow-lg',
            TONES[tone],
          )}
        >
          <p className="min-w-0 flex-1 py-2.5">{text}</p>
          {action && (
            <TextButton
              onClick={() => {
                dismissToast(id)
                action.onAction()
              }}
            >
              {action.label}
            </TextButton>
          )}
          <button
            type="button"
            onClick={() => dismissToast(id)}
            aria-label={t('toast.dismiss')}
            className="flex size-11 shrink-0 items-center justify-center rounded-lg text-ink-soft hover:bg-page"
          >
            <XMarkIcon aria-hidden="true" className="size-5" />
          </button>
        </div>
      ))}
    </div>
  )
}
