import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { TextArea } from '@/components/ui/text-area'

const MAX_REASON = 500

interface FlagDialogProps {
  number: number
  pending: boolean
  error: unknown
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** Asks what is wrong with a question. */
export function FlagDialog({ number, pending, error, onConfirm, onClose }: FlagDialogProps) {
  const { t } = useTranslation('quiz')
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  return (
    <ConfirmDialog
      title={t('flag.title', { number })}
      body={t('flag.body')}
      confirmLabel={t('flag.send')}
      pending={pending}
      error={error}
      onConfirm={() => {
        const said = reason.trim()
        setMissing(said === '')
        if (said !== '') onConfirm(said)
      }}
      onClose={onClose}
    >
      <TextArea
        label={t('flag.reason')}
        rows={3}
        value={reason}
        maxLength={MAX_REASON}
        error={isMissing ? t('flag.missing') : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  )
}
