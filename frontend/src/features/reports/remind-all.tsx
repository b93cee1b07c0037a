import { BellAlertIcon } from '@heroicons/react/24/outline'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { fetchAllPages } from '@/lib/api/all-pages'
import { describeError } from '@/lib/api/describe-error'
import type { Filters, Source } from './queries'
import { reminderLink, type Wanted } from './reminder-link'

interface RemindAllProps<Row> {
  source: Source<Row>
  filters: Filters
  /** How many rows are not finished. */
  count: number
  isUnfinished: (row: Row) => boolean
  wanted: (rows: readonly Row[]) => Wanted
}

/** Takes everybody whom the filters show and who has not finished to the page for reminders. */
export function RemindAll<Row>({
  source,
  filters,
  count,
  isUnfinished,
  wanted,
}: RemindAllProps<Row>) {
  const { t } = useTranslation('reports')
  const { t: tCommon } = useTranslation()
  const navigate = useNavigate()
  const gather = useMutation({
    mutationFn: async (): Promise<Wanted> => {
      // The server knows by itself who has not finished a course.
      const { course, ...others } = filters
      if (source.id === 'completion' && Object.keys(others).length === 0) return { course }
      const rows = await fetchAllPages(async (page) => ({
        data: await source.fetchPage({ ...filters, ...page }),
      }))
      return wanted(rows.filter(isUnfinished))
    },
    onSuccess: (found) => {
      const { to, state } = reminderLink(found)
      void navigate(to, { state })
    },
  })
  // A reminder is about one course: of a report on all of them, rows are chosen.
  const isAboutOne = source.id === 'engagement' || filters.course !== undefined
  if (count === 0) return null
  if (!isAboutOne) return <p className="mt-4 text-ink-soft">{t('remindHow')}</p>
  return (
    <div className="mt-4">
      <Button pending={gather.isPending} onClick={() => gather.mutate()}>
        {!gather.isPending && <BellAlertIcon aria-hidden="true" className="size-5" />}
        {t('remind', { count })}
      </Button>
      {gather.isError && (
        <Notice tone="danger" role="alert" className="mt-3">
          {describeError(gather.error, tCommon)}
        </Notice>
      )}
    </div>
  )
}
