import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Notice } from '@/components/feedback/notice'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { describeError } from '@/lib/api/describe-error'
import { endOtherSessions, endSession, listSessions } from '@/lib/api/operations'
import { formatMoment } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { readUserAgent } from './user-agent'

const KEY = ['sessions']
/** Nobody has more; the list ends there. */
const MOST = 50

export function SessionList() {
  const { t } = useTranslation('account')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: KEY })
  const sessions = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await listSessions({ query: { page_size: MOST }, signal })).data.results,
  })
  const end = useMutation({
    mutationFn: (id: string) => endSession({ path: { session_id: id } }),
    onSuccess: () => showToast(t('sessions.ended')),
    onSettled: refresh,
  })
  const endOthers = useMutation({
    mutationFn: () => endOtherSessions(),
    onSuccess: () => showToast(t('sessions.endedOthers')),
    onSettled: refresh,
  })

  if (sessions.isPending) {
    return (
      <Skeleton label={t('sessions.loading')}>
        <Bone className="h-24" />
      </Skeleton>
    )
  }
  if (sessions.isError) {
    return (
      <ErrorState
        level={3}
        title={t('sessions.failed')}
        error={sessions.error}
        onRetry={() => void sessions.refetch()}
        retrying={sessions.isFetching}
      />
    )
  }
  const failure = end.error ?? endOthers.error
  return (
    <>
      {failure && (
        <Notice tone="danger" role="alert" className="mb-3">
          <strong>{t('sessions.notEnded')}</strong> {describeError(failure, tCommon)}
        </Notice>
      )}
      <ul className="divide-y divide-line">
        {sessions.data.map((session) => {
          const seen = readUserAgent(session.user_agent)
          const device = seen ? t('sessions.device', { ...seen }) : t('sessions.unknown')
          const when = formatMoment(session.last_used_at)
          return (
            <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
              <div className="min-w-0 flex-1 basis-56">
                <p className="flex flex-wrap items-center gap-2 font-semibold">
                  {device}
                  {session.is_current && <Badge tone="brand">{t('sessions.here')}</Badge>}
                </p>
                <p className="text-sm break-words text-ink-soft">
                  {t('sessions.lastUsed', { when })}
                  {session.address && <> · {t('sessions.from', { address: session.address })}</>}
                </p>
              </div>
              {!session.is_current && (
                <Button
                  look="secondary"
                  aria-label={t('sessions.endNamed', { device, when })}
                  pending={end.isPending && end.variables === session.id}
                  onClick={() => end.mutate(session.id)}
                >
                  {t('sessions.end')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.data.length > 1 && (
        <Button
          look="secondary"
          className="mt-3"
          pending={endOthers.isPending}
          onClick={() => endOthers.mutate()}
        >
          {t('sessions.endOthers')}
        </Button>
      )}
    </>
  )
}
