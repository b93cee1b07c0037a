import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextField } from '@/components/ui/text-field'

const MAX_REASON = 500

interface RejectDialogProps {
  number: number
  pending: boolean
  onConfirm: (reason: string) => void
  onClose: () => void
}

export function RejectDialog({ number, pending, onConfirm, onClose }: RejectDialogProps) {
  const { t } = useTranslation('quiz-editor')
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      title={t('reject.title', { number })}
      body={t('reject.body')}
      confirmLabel={t('reject.confirm')}
      pending={pending}
      onConfirm={() => onConfirm(reason.trim())}
      onClose={onClose}
    >
      <TextField
        label={t('reject.reason')}
        hint={t('reject.reasonHint')}
        optional
        value={reason}
        maxLength={MAX_REASON}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- R, then Enter or a word: the hands stay on the keys
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  )
}
