import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Bone } from '@/components/ui/skeleton'
import { TextButton } from '@/components/ui/text-link'
import { describeError } from '@/lib/api/describe-error'
import { inviteAdministrator } from '@/lib/api/operations'
import { formatRelative } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { type Administrator, administratorsQuery } from './queries'

/** Who runs the school: whom to write to, and who may be waiting for an invitation. */
export function AdministratorList({ schoolId }: { schoolId: string }) {
  const { t } = useTranslation('schools')
  const { t: tCommon } = useTranslation()
  const found = useQuery(administratorsQuery(schoolId))
  const [pendingId, setPendingId] = useState<string>()
  const [failure, setFailure] = useState<unknown>(null)

  const invite = async (person: Administrator) => {
    if (pendingId !== undefined) return
    setFailure(null)
    setPendingId(person.id)
    try {
      await inviteAdministrator({ path: { tenant_id: schoolId, teacher_id: person.id } })
      showToast(t('people.invitedAgain', { name: nameOf(person) }))
    } catch (error) {
      setFailure(error)
    }
    setPendingId(undefined)
    // What the list says of invitations is another thing now, or somebody else was faster.
    void found.refetch()
  }
  if (found.isPending) return <Bone className="mt-5 h-20" />
  if (found.isError) {
    return (
      <Notice tone="danger" role="alert" className="mt-5">
        {t('people.administratorsFailed')}{' '}
        <TextButton onClick={() => void found.refetch()}>{tCommon('action.retry')}</TextButton>
      </Notice>
    )
  }
  return (
    <section className="mt-5 border-t border-line pt-4">
      <h3 className="font-semibold">{t('people.administrators')}</h3>
      {found.data.length === 0 && <p className="mt-2 text-ink-soft">{t('people.nobody')}</p>}
      <ul className="mt-2 space-y-3">
        {found.data.map((person) => (
          <li key={person.id}>
            <p className="font-medium">{nameOf(person)}</p>
            <a
              href={`mailto:${person.email}`}
              className="break-all text-brand-strong underline underline-offset-4"
            >
              {person.email}
            </a>
            <p className="text-sm text-ink-soft">
              <Standing person={person} />
              {person.is_active && !person.has_joined && (
                <>
                  {' · '}
                  <TextButton
                    aria-label={t('people.inviteAgainName', { name: nameOf(person) })}
                    aria-disabled={pendingId === person.id}
                    onClick={() => void invite(person)}
                  >
                    {t('people.inviteAgain')}
                  </TextButton>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {failure !== null && (
        <Notice tone="danger" role="alert" className="mt-3">
          {describeError(failure, tCommon)}
        </Notice>
      )}
    </section>
  )
}

const nameOf = (person: Administrator): string => `${person.first_name} ${person.last_name}`

function Standing({ person }: { person: Administrator }) {
  const { t } = useTranslation('schools')
  if (!person.is_active) return t('people.closed')
  if (person.has_joined) {
    return person.last_sign_in_at
      ? t('people.joined', { time: formatRelative(person.last_sign_in_at) })
      : t('people.joinedNever')
  }
  return person.invited_at
    ? t('people.invited', { time: formatRelative(person.invited_at) })
    : t('people.uninvited')
}
