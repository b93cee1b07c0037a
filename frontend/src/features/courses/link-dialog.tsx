import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/text-field'
import { isWebAddress } from './web-address'

interface LinkDialogProps {
  onSet: (address: string) => void
  onUnset: () => void
  onClose: () => void
}

/** Asks where a link in a text leads. */
export function LinkDialog({ onSet, onUnset, onClose }: LinkDialogProps) {
  const { t } = useTranslation('courses')
  const { t: tCommon } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [address, setAddress] = useState('https://')
  const [isWrong, setWrong] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A dialog is drawn outside the page, but React sends its events to a form around it all the same.
    event.stopPropagation()
    if (isWebAddress(address)) {
      onSet(address.trim())
      return
    }
    setWrong(true)
    input.current?.focus()
  }
  return (
    <Dialog title={t('writing.linkTitle')} onClose={onClose}>
      <form onSubmit={submit} noValidate className="mt-4 space-y-4">
        <TextField
          ref={input}
          label={t('content.url')}
          type="url"
          inputMode="url"
          value={address}
          autoComplete="off"
          spellCheck={false}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this field
          autoFocus
          error={isWrong ? t('content.urlWrong') : undefined}
          onChange={(event) => {
            setAddress(event.target.value)
            setWrong(false)
          }}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit">{t('writing.linkSet')}</Button>
          <Button look="secondary" onClick={onUnset}>
            {t('writing.unlink')}
          </Button>
          <Button look="secondary" onClick={onClose}>
            {tCommon('action.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
