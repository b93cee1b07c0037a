import { CheckCircleIcon, XCircleIcon } from '@heroicons/react/20/solid'
import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Answer, adviseAddress } from '@/lib/api/operations'

type Advice = Answer<typeof adviseAddress<true>>

/** Says while somebody types whether the address can be had. Silent when nobody knows: sending tells. */
export function AddressVerdict({ advice }: { advice: UseQueryResult<Advice> }) {
  const { t } = useTranslation('schools')
  const problem = advice.data?.problem
  return (
    <p role="status" className="flex min-h-6 items-center gap-2 font-medium">
      {advice.isFetching && <span className="text-ink-soft">{t('onboard.checking')}</span>}
      {!advice.isFetching && advice.data && (
        <>
          {problem ? (
            <XCircleIcon aria-hidden="true" className="size-5 shrink-0 text-danger" />
          ) : (
            <CheckCircleIcon aria-hidden="true" className="size-5 shrink-0 text-success" />
          )}
          <span className={problem ? 'text-danger' : 'text-success'}>
            {t(`onboard.verdict.${problem ?? 'free'}`)}
          </span>
        </>
      )}
    </p>
  )
}
