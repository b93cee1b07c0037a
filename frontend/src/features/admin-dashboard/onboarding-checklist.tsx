import { CheckCircleIcon } from '@heroicons/react/24/solid'
import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProgressRing } from '@/components/progress-ring'
import { Button, LinkButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { paths } from '@/config/paths'
import { useSessionStore } from '@/lib/auth/session-store'
import { isAssignedQuery, type Settings, settingsQuery, statsQuery } from './queries'

/** What a school looks like that nobody has given a look of its own. */
const PLAIN_COLORS = ['#1d4ed8', '#0f766e']

const isBranded = ({ logo_url, primary_color, secondary_color }: Settings): boolean =>
  logo_url !== null || primary_color !== PLAIN_COLORS[0] || secondary_color !== PLAIN_COLORS[1]

/** The first steps of a school, until all are done or somebody has seen enough of them. */
export function OnboardingChecklist() {
  const { t } = useTranslation('admin')
  const school = useSessionStore((state) => state.user?.tenant_id)
  const kept = `setup-hidden:${school ?? ''}`
  const [isHidden, setHidden] = useState(() => localStorage.getItem(kept) !== null)
  const stats = useQuery({ ...statsQuery, enabled: !isHidden }).data
  const settings = useQuery({ ...settingsQuery, enabled: !isHidden }).data
  const isAssigned = useQuery({ ...isAssignedQuery, enabled: !isHidden }).data
  // It comes when everything is known, and says nothing wrong before.
  if (isHidden || !stats || !settings || isAssigned === undefined) return null

  const steps = [
    { id: 'brand', isDone: isBranded(settings), to: paths.settings },
    { id: 'course', isDone: stats.courses.total > 0, to: paths.courses },
    {
      id: 'teachers',
      isDone: stats.teachers.active + stats.teachers.invited > 0,
      to: paths.teachers,
    },
    { id: 'publish', isDone: stats.courses.published > 0 && isAssigned, to: paths.courses },
  ] as const
  const done = steps.filter(({ isDone }) => isDone).length
  if (done === steps.length) return null
  const next = steps.find(({ isDone }) => !isDone)

  const hide = () => {
    localStorage.setItem(kept, 'yes')
    setHidden(true)
  }
  return (
    <Card
      title={t('setup.title')}
      description={t('setup.intro')}
      actions={
        <Button look="quiet" onClick={hide} className="-my-2 max-sm:-ml-4">
          {t('setup.hide')}
        </Button>
      }
    >
      <div className="flex flex-wrap items-center gap-6">
        <ProgressRing
          percentage={(done / steps.length) * 100}
          label={t('setup.progress', { done, total: steps.length })}
          className="size-24 text-lg max-sm:hidden"
        >
          {t('setup.ring', { done, total: steps.length })}
        </ProgressRing>
        <ol className="grid min-w-0 flex-1 gap-3 lg:grid-cols-2">
          {steps.map(({ id, isDone, to }, index) => (
            <li
              key={id}
              className={clsx(
                'flex items-center gap-3 rounded-lg border px-4 py-3',
                id === next?.id ? 'border-brand-strong bg-brand-soft' : 'border-line',
              )}
            >
              {isDone ? (
                <CheckCircleIcon aria-hidden="true" className="size-7 shrink-0 text-success" />
              ) : (
                <span
                  aria-hidden="true"
                  className="flex size-7 shrink-0 items-center justify-center rounded-full border-2 border-edge text-sm font-bold"
                >
                  {index + 1}
                </span>
              )}
              <div className="min-w-0 flex-1">
                <p className="font-semibold">
                  {t(`setup.${id}.title`)}
                  {isDone && <span className="sr-only"> ({t('setup.done')})</span>}
                </p>
                <p className="text-sm text-ink-soft">{t(`setup.${id}.text`)}</p>
              </div>
              {!isDone && (
                <LinkButton look={id === next?.id ? 'primary' : 'secondary'} to={to}>
                  {t('setup.go')}
                  <span className="sr-only">{`: ${t(`setup.${id}.title`)}`}</span>
                </LinkButton>
              )}
            </li>
          ))}
        </ol>
      </div>
    </Card>
  )
}
