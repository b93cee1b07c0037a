import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Card } from '@/components/ui/card'
import { Bone } from '@/components/ui/skeleton'
import { TextButton } from '@/components/ui/text-link'
import { formatDate, formatNumber, formatRelative } from '@/lib/format'
import { AdministratorList } from './administrator-list'
import type { School, SchoolUsage } from './queries'

interface PeopleCardProps {
  school: School
  usage: UseQueryResult<SchoolUsage>
}

/** Whom to write to, and whether anybody is there. */
export function PeopleCard({ school, usage }: PeopleCardProps) {
  const { t } = useTranslation('schools')
  const { t: tCommon } = useTranslation()
  const { data } = usage
  return (
    <Card title={t('people.title')}>
      <dl className="space-y-3">
        <Fact label={t('people.contact')}>
          <a
            href={`mailto:${school.admin_email}`}
            className="break-all text-brand-strong underline underline-offset-4"
          >
            {school.admin_email}
          </a>
        </Fact>
        {data && (
          <>
            <Fact label={t('people.admins')}>{formatNumber(data.admin_count)}</Fact>
            <Fact label={t('people.all')}>{formatNumber(data.user_count)}</Fact>
            <Fact label={t('people.active')}>{formatNumber(data.active_user_count)}</Fact>
            <Fact label={t('people.lastSignIn')}>
              {data.last_sign_in_at ? formatRelative(data.last_sign_in_at) : t('people.never')}
            </Fact>
          </>
        )}
        <Fact label={t('column.created')}>{formatDate(school.created_at)}</Fact>
      </dl>
      {usage.isPending && <Bone className="mt-3 h-28" />}
      {usage.isError && (
        <Notice tone="danger" role="alert" className="mt-3">
          {t('people.failed')}{' '}
          <TextButton onClick={() => void usage.refetch()}>{tCommon('action.retry')}</TextButton>
        </Notice>
      )}
      <AdministratorList schoolId={school.id} />
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="ml-auto min-w-0 text-right font-medium">{children}</dd>
    </div>
  )
}
