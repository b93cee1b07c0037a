import { ArrowDownTrayIcon, TrashIcon } from '@heroicons/react/24/outline'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { fullName } from '@/components/person-name'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { describeError } from '@/lib/api/describe-error'
import { exportTeacher } from '@/lib/api/operations'
import { useSessionStore } from '@/lib/auth/session-store'
import { AS_BYTES, useJob } from '@/lib/jobs/use-job'
import { showToast } from '@/lib/toasts'
import type { Teacher } from './queries'

const EraseDialog = lazy(async () => ({ default: (await import('./erase-dialog')).EraseDialog }))

interface PrivacyCardProps {
  person: Teacher
  /** They are not there any more. */
  onErased: () => void
}

/** What somebody may ask of the school about their data. */
export function PrivacyCard({ person, onErased }: PrivacyCardProps) {
  const { t } = useTranslation('teachers')
  const { t: tCommon } = useTranslation()
  const queries = useQueryClient()
  const isOwn = useSessionStore(({ user }) => user?.id === person.id)
  const { state, run } = useJob()
  const [isErasing, setErasing] = useState(false)

  const download = async () => {
    const name = await run(
      () => exportTeacher({ path: { teacher_id: person.id }, ...AS_BYTES }),
      `${fullName(person)}.json`,
    )
    if (name === null) return
    showToast(t('privacy.exportDone', { name }))
    // It stands in the activity log.
    void queries.invalidateQueries({ queryKey: ['audit'] })
  }
  return (
    <Card title={t('privacy.title')} description={t('privacy.text')}>
      <Button
        look="secondary"
        pending={state.kind === 'working'}
        onClick={() => void download()}
        className="w-full"
      >
        <ArrowDownTrayIcon aria-hidden="true" className="size-5" />
        {t('privacy.export')}
      </Button>
      <p className="mt-1.5 text-sm text-ink-soft">{t('privacy.exportHint')}</p>
      {state.kind === 'failed' && (
        <Notice tone="danger" role="alert" className="mt-3">
          <strong>{t('privacy.exportFailed')}</strong> {describeError(state.error, tCommon)}
        </Notice>
      )}
      {!isOwn && (
        <>
          <Button
            look="secondary"
            onClick={() => setErasing(true)}
            className="mt-5 w-full text-danger"
          >
            <TrashIcon aria-hidden="true" className="size-5" />
            {t('privacy.erase')}
          </Button>
          <p className="mt-1.5 text-sm text-ink-soft">{t('privacy.eraseHint')}</p>
        </>
      )}
      <Suspense>
        {isErasing && (
          <EraseDialog person={person} onClose={() => setErasing(false)} onErased={onErased} />
        )}
      </Suspense>
    </Card>
  )
}
