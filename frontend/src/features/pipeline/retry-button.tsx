import { ArrowPathIcon } from '@heroicons/react/24/outline'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { describeError } from '@/lib/api/describe-error'
import { retryStep } from '@/lib/api/operations'
import { showToast } from '@/lib/toasts'
import type { TroubledStep } from './queries'

/** Does a step again, with what follows from it. */
export function RetryButton({ step }: { step: TroubledStep }) {
  const { t } = useTranslation('pipeline')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const retry = useMutation({
    mutationFn: () =>
      retryStep({
        body: { tenant_id: step.tenant_id, content_id: step.content_id, step: step.name },
      }),
    onSuccess: async () => {
      showToast(t('retried', { title: step.content_title }))
      await queries.invalidateQueries({ queryKey: ['platform'] })
    },
  })
  return (
    <div>
      <Button
        look="secondary"
        className="whitespace-nowrap"
        aria-label={`${t('retry')}: ${t(`step.${step.name}`)}, ${step.content_title}`}
        pending={retry.isPending}
        onClick={() => retry.mutate()}
      >
        {!retry.isPending && <ArrowPathIcon aria-hidden="true" className="size-5" />}
        {t('retry')}
      </Button>
      {retry.isError && (
        <p role="alert" className="mt-1 text-sm font-medium text-danger">
          {describeError(retry.error, tCommon)}
        </p>
      )}
    </div>
  )
}
