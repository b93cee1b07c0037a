import { EnvelopeIcon, NoSymbolIcon, UserPlusIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { paths } from '@/config/paths'
import { useSessionStore } from '@/lib/auth/session-store'
import { formatDate, formatMoment, formatRelative } from '@/lib/format'
import { statusOf } from './person-status'
import { groupNamesQuery, type Teacher } from './queries'

interface AccountCardProps {
  person: Teacher
  onInvite: () => Promise<void>
  onActive: () => void
}

/** Whether and when somebody was here, and what can be done with their account. */
export function AccountCard({ person, onInvite, onActive }: AccountCardProps) {
  const { t } = useTranslation('teachers')
  const isOwn = useSessionStore(({ user }) => user?.id === person.id)
  const groups = useQuery(groupNamesQuery)
  const [isInviting, setInviting] = useState(false)
  const status = statusOf(person)
  const mine = (groups.data ?? []).filter(({ id }) => person.group_ids.includes(id))
  const { last_sign_in_at: lastHere } = person

  const invite = async () => {
    setInviting(true)
    await onInvite()
    setInviting(false)
  }
  return (
    <Card title={t('person.account')}>
      <dl className="space-y-3">
        <Fact label={t('person.lastHere')}>
          {lastHere ? (
            <time dateTime={lastHere} title={formatMoment(lastHere)}>
              {formatRelative(lastHere)}
            </time>
          ) : (
            t('never')
          )}
        </Fact>
        <Fact label={t('person.added')}>{formatDate(person.created_at)}</Fact>
        <Fact label={t('person.verified')}>
          {person.email_verified ? t('person.yes') : t('person.notYet')}
        </Fact>
        <Fact label={t('person.groups')}>
          {mine.length === 0
            ? t('person.noGroups')
            : mine.map(({ id, name }) => (
                <Link
                  key={id}
                  to={paths.group(id)}
                  className="flex min-h-6 items-center justify-end text-brand-strong underline underline-offset-4"
                >
                  {name}
                </Link>
              ))}
        </Fact>
      </dl>
      {status === 'invited' && <p className="mt-4 text-ink-soft">{t('person.invitedNote')}</p>}
      {status === 'active' && person.must_change_password && (
        <p className="mt-4 text-ink-soft">{t('person.mustChange')}</p>
      )}
      <div className="mt-5 flex flex-wrap gap-3 empty:hidden">
        {status === 'invited' && (
          <Button look="secondary" pending={isInviting} onClick={() => void invite()}>
            <EnvelopeIcon aria-hidden="true" className="size-5" />
            {t('action.invite')}
          </Button>
        )}
        {!isOwn && status === 'deactivated' && (
          <Button onClick={onActive}>
            <UserPlusIcon aria-hidden="true" className="size-5" />
            {t('action.activate')}
          </Button>
        )}
        {!isOwn && status !== 'deactivated' && (
          <Button look="secondary" onClick={onActive}>
            <NoSymbolIcon aria-hidden="true" className="size-5" />
            {t('action.deactivate')}
          </Button>
        )}
      </div>
    </Card>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-ink-soft">{label}</dt>
      <dd className="min-w-0 text-right wrap-anywhere">{children}</dd>
    </div>
  )
}
