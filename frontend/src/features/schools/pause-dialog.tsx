import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextArea } from '@/components/ui/text-area'
import { showToast } from '@/lib/toasts'
import { type School, useEditSchool } from './queries'

const MAX_REASON = 500

/** Shuts a school, for a reason that it can read, or opens it again. */
export function PauseDialog({ school, onClose }: { school: School; onClose: () => void }) {
  const { t } = useTranslation('schools')
  const edit = useEditSchool(school.id)
  const field = useRef<HTMLTextAreaElement>(null)
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const isPaused = school.status === 'SUSPENDED'
  const words = isPaused ? 'resumeDialog' : 'pauseDialog'

  const confirm = () => {
    const said = reason.trim()
    if (!isPaused && said === '') {
      setMissing(true)
      field.current?.focus()
      return
    }
    setMissing(false)
    edit.mutate(isPaused ? { is_active: true } : { is_active: false, suspension_reason: said }, {
      onSuccess: () => {
        showToast(t(`${words}.done`, { name: school.name }))
        onClose()
      },
    })
  }
  return (
    <ConfirmDialog
      title={t(`${words}.title`, { name: school.name })}
      body={t(`${words}.text`)}
      confirmLabel={t(`${words}.confirm`)}
      tone={isPaused ? 'normal' : 'danger'}
      onConfirm={confirm}
      onClose={onClose}
      pending={edit.isPending}
      error={edit.error}
    >
      {!isPaused && (
        <TextArea
          ref={field}
          label={t('pauseDialog.reason')}
          hint={t('pauseDialog.reasonHint')}
          rows={3}
          maxLength={MAX_REASON}
          value={reason}
          error={isMissing ? t('pauseDialog.reasonMissing') : undefined}
          onChange={({ target }) => setReason(target.value)}
        />
      )}
    </ConfirmDialog>
  )
}
