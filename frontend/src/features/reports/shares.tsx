import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Bone, Skeleton } from '@/components/ui/skeleton'
import { type Filters, sharesQuery, type Source } from './queries'
import { SharesFigure } from './shares-figure'
import type { Status } from './status'

interface Share {
  status: Status
  count: number
}

interface SharesProps<Row> {
  source: Source<Row>
  statuses: readonly Status[]
  filters: Filters
  renderActions: (shares: readonly Share[]) => ReactNode
}

/** The picture above a report, and what can be done about it. Fails alone. */
export function Shares<Row>({ source, statuses, filters, renderActions }: SharesProps<Row>) {
  const { t } = useTranslation('reports')
  const shares = useQuery(sharesQuery(source, statuses, filters))
  if (shares.data) {
    return (
      <>
        <SharesFigure report={source.id} shares={shares.data} />
        {renderActions(shares.data)}
      </>
    )
  }
  if (shares.isError) {
    return (
      <ErrorState
        title={t('sharesFailed')}
        error={shares.error}
        onRetry={() => void shares.refetch()}
        retrying={shares.isFetching}
      />
    )
  }
  return (
    <Skeleton label={t('loading')}>
      <Bone className="h-72" />
    </Skeleton>
  )
}
