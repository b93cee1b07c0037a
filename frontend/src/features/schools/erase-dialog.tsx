import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useStepUp } from '@/components/use-step-up'
import { paths } from '@/config/paths'
import { type Answer, confirmErasure, requestErasure } from '@/lib/api/operations'
import { isApiError } from '@/lib/api/problem'
import { formatBytes, formatClock, formatNumber } from '@/lib/format'
import { showToast } from '@/lib/toasts'
import { type School, useRefreshSchools } from './queries'

type Erasure = Answer<typeof requestErasure<true>>

/** Erases a school in two steps: first what it means, then its name has to be typed. */
export function EraseDialog({ school, onClose }: { school: School; onClose: () => void }) {
  const { t } = useTranslation('schools')
  const navigate = useNavigate()
  const refresh = useRefreshSchools()
  const { run, dialog } = useStepUp()
  const path = { tenant_id: school.id }

  const request = useMutation({
    mutationFn: async () => (await requestErasure({ path })).data,
  })
  const confirm = useMutation({
    mutationFn: ({ code, phrase }: Erasure) =>
      run(async () => {
        await confirmErasure({ path, body: { code, phrase } })
      }),
    onSuccess: async (isErased) => {
      if (!isErased) return
      showToast(t('erase.done', { name: school.name }))
      await navigate(paths.schools)
      await refresh()
    },
    onError: (error) => {
      // The ten minutes are over: another code, and the name is asked for once more.
      if (isApiError(error) && error.fields.some(({ field }) => field === 'code')) request.mutate()
    },
  })

  const erasure = request.data
  if (!erasure) {
    return (
      <ConfirmDialog
        key="meaning"
        title={t('erase.title', { name: school.name })}
        body={
          <>
            <p>
              {t('erase.lost', {
                teachers: formatNumber(school.teacher_count),
                courses: formatNumber(school.course_count),
                storage: formatBytes(school.usage.storage_bytes),
              })}
            </p>
            <p className="mt-3">{t('erase.forGood')}</p>
          </>
        }
        confirmLabel={t('erase.goOn')}
        onConfirm={() => request.mutate()}
        onClose={onClose}
        pending={request.isPending}
        error={request.error}
      />
    )
  }
  return (
    <>
      <ConfirmDialog
        key={erasure.code}
        title={t('erase.last', { name: school.name })}
        body={t('erase.until', { time: formatClock(new Date(erasure.expires_at)) })}
        confirmLabel={t('erase.confirm')}
        tone="danger"
        typeToConfirm={erasure.phrase}
        onConfirm={() => confirm.mutate(erasure)}
        onClose={onClose}
        pending={confirm.isPending || request.isPending}
        error={confirm.error ?? request.error}
      />
      {dialog}
    </>
  )
}
