import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState } from '@/components/feedback/error-state'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Bone, Skeleton } from '@/components/ui/skeleton'

/** More is shown when asked for: people may have many courses. */
const SHOWN = 6

interface StandingCardProps<Row> {
  /** Of the words: `courses` or `work`. */
  about: 'courses' | 'work'
  rows: UseQueryResult<Row[]>
  keyOf: (row: Row) => string
  /** How many are behind them. */
  isDone: (row: Row) => boolean
  /** Why there are none. */
  empty: string
  children: (row: Row) => ReactNode
}

/** How somebody stands with a list of things. */
export function StandingCard<Row>({
  about,
  rows: { data, error, isFetching, refetch },
  keyOf,
  isDone,
  empty,
  children,
}: StandingCardProps<Row>) {
  const { t } = useTranslation('teachers')
  const [all, setAll] = useState(false)
  const shown = all ? data : data?.slice(0, SHOWN)
  const summary =
    data && data.length > 0
      ? t(`${about}.summary`, { done: data.filter(isDone).length, all: data.length })
      : undefined
  return (
    <Card title={t(`${about}.title`)} description={summary}>
      {!data && error && (
        <ErrorState
          level={3}
          title={t(`${about}.failed`)}
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {!data && !error && (
        <Skeleton label={t(`${about}.loading`)}>
          <div className="space-y-4">
            <Bone className="h-10" />
            <Bone className="h-10" />
          </div>
        </Skeleton>
      )}
      {data?.length === 0 && <p className="text-ink-soft">{empty}</p>}
      {shown && shown.length > 0 && (
        <ul className="divide-y divide-line">
          {shown.map((row) => (
            <li key={keyOf(row)} className="py-3 first:pt-0 last:pb-0">
              {children(row)}
            </li>
          ))}
        </ul>
      )}
      {data && shown && data.length > shown.length && (
        <Button look="quiet" className="mt-2" onClick={() => setAll(true)}>
          {t('courses.showAll', { count: data.length })}
        </Button>
      )}
    </Card>
  )
}
