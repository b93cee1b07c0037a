import { ChartBarIcon, TableCellsIcon } from '@heroicons/react/24/outline'
import { type ReactNode, useId, useState } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { useTranslation } from 'react-i18next'
import { ChartTitleContext } from './chart-context'
import { type ChartData, hasData } from './chart-data'
import { ChartTable } from './chart-table'

interface ChartFigureProps {
  title: string
  /** What the chart shows, in one sentence: "Completion rose from 40 % in June to 62 % in November." */
  summary: string
  table: ChartData
  /** The chart. */
  children: ReactNode
  /** Why there is nothing yet and what changes that. Zeros are drawn: they are something. */
  empty?: ReactNode
  /** Heading level that fits the place. */
  level?: 2 | 3
  /** Beside the title: a choice of range, a link. */
  actions?: ReactNode
}

/** A chart with its sentence, and the table behind it one click away. */
export function ChartFigure({
  title,
  summary,
  table,
  children,
  empty,
  level = 2,
  actions,
}: ChartFigureProps) {
  const { t } = useTranslation('frame')
  const titleId = useId()
  const [asTable, setAsTable] = useState(false)
  const Heading = level === 2 ? 'h2' : 'h3'
  const known = hasData(table)
  const Icon = asTable ? ChartBarIcon : TableCellsIcon
  return (
    <figure className="flex min-w-0 flex-col rounded-card border border-line bg-surface p-5">
      <figcaption>
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <Heading id={titleId} className="text-lg font-bold">
            {title}
          </Heading>
          {actions}
        </div>
        {known && <p className="mt-1 text-ink-soft">{summary}</p>}
      </figcaption>
      {known ? (
        <>
          <div className="mt-4 mb-2 min-w-0">
            {asTable ? (
              <ChartTable title={title} data={table} />
            ) : (
              <ErrorBoundary
                fallback={
                  <>
                    <p role="alert" className="mb-3">
                      {t('chart.failed')}
                    </p>
                    <ChartTable title={title} data={table} />
                  </>
                }
              >
                <ChartTitleContext value={titleId}>{children}</ChartTitleContext>
              </ErrorBoundary>
            )}
          </div>
          <button
            type="button"
            aria-describedby={titleId}
            onClick={() => setAsTable((on) => !on)}
            className="mt-auto inline-flex min-h-11 items-center gap-2 self-start font-semibold text-brand-strong underline-offset-4 hover:underline"
          >
            <Icon aria-hidden="true" className="size-5" />
            {asTable ? t('chart.showChart') : t('chart.showTable')}
          </button>
        </>
      ) : (
        <div className="flex flex-1 flex-col items-center justify-center py-10 text-center text-ink-soft">
          <ChartBarIcon aria-hidden="true" className="mb-3 size-10 text-edge" />
          <div className="max-w-prose">{empty ?? t('chart.noData')}</div>
        </div>
      )}
    </figure>
  )
}
