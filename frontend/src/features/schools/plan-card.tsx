import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { formatDay } from '@/lib/format'
import type { School } from './queries'

/** What is asked about just now. */
type Question = 'plan' | 'trial' | 'paying' | 'pause'

/** Loaded when they are asked for: most visits to the page only look. */
const DIALOGS = {
  plan: lazy(async () => ({ default: (await import('./plan-dialog')).PlanDialog })),
  trial: lazy(async () => ({ default: (await import('./trial-dialog')).TrialDialog })),
  paying: lazy(async () => ({ default: (await import('./paying-dialog')).PayingDialog })),
  pause: lazy(async () => ({ default: (await import('./pause-dialog')).PauseDialog })),
}

/** Whether the school is open, as what, and until when; and the ways to change that. */
export function PlanCard({ school }: { school: School }) {
  const { t } = useTranslation('schools')
  const [question, setQuestion] = useState<Question>()
  const Dialog = question && DIALOGS[question]
  const mayBeOnTrial = school.status === 'TRIAL' || school.status === 'EXPIRED'
  const isPaused = school.status === 'SUSPENDED'
  return (
    <Card title={t('account.title')}>
      <p className="text-xl font-bold">{t(`plan.${school.plan}`)}</p>
      <p className="mt-1 text-ink-soft">
        {t(`account.${school.status}`, { day: formatDay(school.trial_ends_on) })}
      </p>
      <div className="mt-4 flex flex-col gap-2">
        {mayBeOnTrial && (
          <>
            <Button look="secondary" onClick={() => setQuestion('trial')}>
              {t('account.extend')}
            </Button>
            <Button look="secondary" onClick={() => setQuestion('paying')}>
              {t('account.convert')}
            </Button>
          </>
        )}
        <Button look="secondary" onClick={() => setQuestion('plan')}>
          {t('account.changePlan')}
        </Button>
        {isPaused && (
          <Button look="secondary" onClick={() => setQuestion('trial')}>
            {t('account.extend')}
          </Button>
        )}
        <Button look={isPaused ? 'primary' : 'quiet'} onClick={() => setQuestion('pause')}>
          {isPaused ? t('account.resume') : t('account.pause')}
        </Button>
      </div>
      <Suspense>
        {Dialog && <Dialog school={school} onClose={() => setQuestion(undefined)} />}
      </Suspense>
    </Card>
  )
}
