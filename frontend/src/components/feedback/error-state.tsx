import { ExclamationTriangleIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { describeError } from '@/lib/api/describe-error'
import { ApiError } from '@/lib/api/problem'
import { Button } from '../ui/button'

interface ErrorStateProps {
  /** What could not be shown: "Your courses could not be loaded". */
  title: string
  error: unknown
  onRetry: () => void
  retrying?: boolean
  /** Heading level that fits the place. */
  level?: 2 | 3
}

/** Stands where the content would: what failed, why as far as known, and the way to try again. */
export function ErrorState({ title, error, onRetry, retrying, level = 2 }: ErrorStateProps) {
  const { t } = useTranslation()
  const Heading = level === 2 ? 'h2' : 'h3'
  const requestId = error instanceof ApiError ? error.requestId : null
  return (
    <div
      role="alert"
      className="flex flex-col items-center rounded-card border border-line bg-surface px-6 py-10 text-center"
    >
      <ExclamationTriangleIcon aria-hidden="true" className="size-10 text-danger" />
      <Heading className="mt-3 text-lg font-bold">{title}</Heading>
      <p className="mt-1 max-w-prose text-ink-soft">{describeError(error, t)}</p>
      <Button look="secondary" className="mt-5" onClick={onRetry} pending={retrying}>
        {t('action.retry')}
      </Button>
      {requestId && (
        <p className="mt-4 text-sm text-ink-soft">
          {t('error.requestId')}{' '}
          <code className="rounded bg-page px-1.5 py-0.5 break-all select-all">{requestId}</code>
        </p>
      )}
    </div>
  )
}
