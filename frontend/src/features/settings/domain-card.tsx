import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { StatusChip } from '@/components/ui/status-chip'
import { describeError } from '@/lib/api/describe-error'
import { isApiError } from '@/lib/api/problem'
import { formatMoment } from '@/lib/format'
import { type Domain, remove, useDomainChange, verify } from './queries'

/** One host name: whether it works, what still has to be done for it, and the way out. */
export function DomainCard({ domain }: { domain: Domain }) {
  const { t } = useTranslation('settings')
  const { t: tCommon } = useTranslation()
  const checking = useDomainChange(verify)
  const removing = useDomainChange(remove)
  const [asked, setAsked] = useState(false)
  const isVerified = domain.status === 'VERIFIED'
  return (
    <Card
      title={domain.hostname}
      actions={
        isVerified ? (
          <StatusChip tone="success">{t('domains.verified')}</StatusChip>
        ) : (
          <StatusChip tone="warning">{t('domains.pending')}</StatusChip>
        )
      }
    >
      {domain.missing_since !== null && (
        <Notice tone="danger" className="mt-3">
          {t('domains.proofMissing', {
            since: formatMoment(domain.missing_since),
            name: domain.txt_name,
            value: domain.txt_value,
          })}
        </Notice>
      )}
      {isVerified ? (
        <p className="mt-3">
          <a href={domain.url} className="font-semibold wrap-anywhere text-brand-strong underline">
            {domain.url}
          </a>{' '}
          <span className="text-ink-soft">
            {domain.verified_at && t('domains.since', { moment: formatMoment(domain.verified_at) })}
          </span>
        </p>
      ) : (
        <div className="mt-3 space-y-4">
          <p>{t('domains.howTo')}</p>
          <dl className="space-y-3 rounded-lg bg-page p-4">
            <Record name={t('domains.recordType')} value="TXT" />
            <Record name={t('domains.recordName')} value={domain.txt_name} copy />
            <Record name={t('domains.recordValue')} value={domain.txt_value} copy />
          </dl>
          <p className="text-sm text-ink-soft">{t('domains.patience')}</p>
          {checking.error && (
            <Notice tone="danger" role="alert">
              {isApiError(checking.error, 'domain_not_verified')
                ? t('domains.notFoundYet')
                : describeError(checking.error, tCommon)}
            </Notice>
          )}
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        {!isVerified && (
          <Button pending={checking.isPending} onClick={() => checking.mutate(domain)}>
            {t('domains.check')}
          </Button>
        )}
        <Button
          look="secondary"
          aria-label={t('domains.removeOne', { name: domain.hostname })}
          onClick={() => setAsked(true)}
        >
          {t('domains.remove')}
        </Button>
      </div>
      {asked && (
        <ConfirmDialog
          title={t('domains.removeTitle', { name: domain.hostname })}
          body={t('domains.removeText')}
          confirmLabel={t('domains.remove')}
          tone="danger"
          pending={removing.isPending}
          error={removing.error}
          onConfirm={() => removing.mutate(domain, { onSuccess: () => setAsked(false) })}
          onClose={() => setAsked(false)}
        />
      )}
    </Card>
  )
}

function Record({ name, value, copy = false }: { name: string; value: string; copy?: boolean }) {
  const { t } = useTranslation('settings')
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <dt className="w-20 text-ink-soft">{name}</dt>
      <dd className="flex min-w-0 flex-1 flex-wrap items-center justify-end gap-x-4 gap-y-1">
        <span className="flex-1 font-mono text-sm wrap-anywhere">{value}</span>
        {copy && <CopyButton text={value} label={t('domains.copy', { name })} />}
      </dd>
    </div>
  )
}
