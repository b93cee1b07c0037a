import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Card } from '@/components/ui/card'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { describeFieldProblem } from '@/lib/api/describe-error'
import { ApiError } from '@/lib/api/problem'
import { useDebounced } from '@/lib/use-debounced'
import { askable, audienceOf, type Draft } from './draft'
import { type Preview, previewQuery } from './queries'
import { Recipients } from './recipients'

/** People are ticked one after the other; the server is asked when that rests, in milliseconds. */
const REST_MS = 300

/** Whom the reminder reaches, by name, and what they will read. */
export function PreviewCard({ draft }: { draft: Draft }) {
  const { t } = useTranslation('reminders')
  const wanted = JSON.stringify(askable(audienceOf(draft)))
  const settled = useDebounced(wanted, REST_MS)
  const audience = askable(audienceOf(draft))
  const isResting = settled === wanted
  const preview = useQuery({ ...previewQuery(audience), enabled: audience !== null && isResting })
  return (
    <Card title={t('preview.title')} className="xl:sticky xl:top-6">
      {audience === null ? (
        <p className="text-ink-soft">{t('preview.waiting')}</p>
      ) : preview.isError ? (
        <Refused error={preview.error} onRetry={() => void preview.refetch()} />
      ) : preview.data ? (
        <div
          aria-busy={preview.isPlaceholderData}
          className={clsx('transition-opacity', preview.isPlaceholderData && 'opacity-60')}
        >
          <Recipients preview={preview.data} />
          <Letter draft={draft} preview={preview.data} />
        </div>
      ) : (
        <Skeleton label={t('preview.loading')}>
          <Bone className="h-48" />
        </Skeleton>
      )}
    </Card>
  )
}

function Letter({ draft, preview }: { draft: Draft; preview: Preview }) {
  const { t } = useTranslation('reminders')
  // Own words have no standard message; what was asked with stands there only to be asked with.
  const standard = draft.kind === 'CUSTOM' ? '' : preview.message
  const message = draft.message.trim() || standard
  return (
    <section
      aria-label={t('preview.letter')}
      className="mt-5 rounded-lg border border-line bg-page p-4"
    >
      <p className="text-sm text-ink-soft">{t('compose.subject')}</p>
      <p className="font-semibold wrap-anywhere">{draft.subject.trim() || preview.subject}</p>
      <p className="mt-3 text-sm text-ink-soft">{t('compose.message')}</p>
      <p
        className={clsx(
          'wrap-anywhere whitespace-pre-line',
          message === '' && 'text-ink-soft italic',
        )}
      >
        {message || t('preview.noMessage')}
      </p>
    </section>
  )
}

/** A course that is no longer there, people who have left: the server says which of it. */
function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('reminders')
  const [problem] = error instanceof ApiError ? error.fields : []
  if (problem) {
    return (
      <Notice tone="danger" role="alert">
        {describeFieldProblem(problem)}
      </Notice>
    )
  }
  return <ErrorState level={3} title={t('preview.failed')} error={error} onRetry={onRetry} />
}
