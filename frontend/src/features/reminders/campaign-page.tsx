import { ArrowPathIcon, EnvelopeIcon } from '@heroicons/react/24/outline'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { DataTable } from '@/components/data-table/data-table'
import { EmptyState } from '@/components/feedback/empty-state'
import { Notice } from '@/components/feedback/notice'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Button } from '@/components/ui/button'
import { PageHeading } from '@/components/ui/page-heading'
import { paths } from '@/config/paths'
import { describeError } from '@/lib/api/describe-error'
import { retryReminder } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import { useUrlTableState } from '@/lib/use-url-table-state'
import { CampaignFacts } from './campaign-facts'
import { deliveryColumns } from './delivery-columns'
import { deliveriesQuery, REMINDERS, reminderQuery, timeZoneQuery } from './queries'

/** One reminder: what it said, and what became of each person's mail. */
export function CampaignPage() {
  const { t } = useTranslation('reminders')
  const { t: tCommon } = useTranslation()
  const { campaignId = '' } = useParams()
  const table = useUrlTableState()
  const queryClient = useQueryClient()
  const timeZone = useQuery(timeZoneQuery).data
  const reminder = useQuery(reminderQuery(campaignId)).data
  const deliveries = useQuery(
    deliveriesQuery(campaignId, { page: table.page, page_size: table.pageSize }),
  )
  const retry = useMutation({
    mutationFn: async () =>
      (await retryReminder({ path: { reminder_id: campaignId } })).data.retried,
    onSuccess: (count) => showToast(t('campaign.retried', { count })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: REMINDERS }),
  })
  const failed = reminder
    ? reminder.counts.failed
    : (deliveries.data?.results.filter(({ state }) => state === 'FAILED').length ?? 0)
  return (
    <>
      <Breadcrumbs items={[{ label: t('title'), to: paths.reminders }]} />
      <PageHeading title={reminder?.subject ?? t('campaign.title')} className="wrap-anywhere" />
      {reminder && <CampaignFacts reminder={reminder} timeZone={timeZone} />}
      {failed > 0 && (
        <Notice tone="danger" className="mt-6">
          <p className="font-semibold">{t('campaign.failed', { count: failed })}</p>
          <p className="mt-1">{t('campaign.failedHelp')}</p>
          <Button
            look="secondary"
            className="mt-3"
            pending={retry.isPending}
            onClick={() => retry.mutate()}
          >
            {!retry.isPending && <ArrowPathIcon aria-hidden="true" className="size-5" />}
            {t('campaign.retry')}
          </Button>
          {retry.isError && (
            <p role="alert" className="mt-2">
              {describeError(retry.error, tCommon)}
            </p>
          )}
        </Notice>
      )}
      <h2 className="mt-8 mb-3 text-lg font-bold">{t('campaign.people')}</h2>
      <DataTable
        label={t('campaign.people')}
        columns={deliveryColumns(t, timeZone)}
        rows={deliveries.data?.results}
        rowKey={(delivery) => delivery.id}
        isPending={deliveries.isPending}
        isRefetching={deliveries.isPlaceholderData}
        error={deliveries.error}
        onRetry={() => void deliveries.refetch()}
        pagination={{ ...table, count: deliveries.data?.count }}
        empty={
          <EmptyState icon={EnvelopeIcon} title={t('campaign.nobody')}>
            {t('campaign.nobodyText')}
          </EmptyState>
        }
      />
    </>
  )
}
