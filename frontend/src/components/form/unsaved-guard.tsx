import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { sessionStore } from '@/lib/auth/session-store'
import { ConfirmDialog } from '../ui/confirm-dialog'

/** The session moves the person elsewhere; staying would only show a page that no longer works. */
function isSentAway(): boolean {
  const { status, schoolBlock, needsSecondFactor, user } = sessionStore.getState()
  return (
    status === 'signed-out' ||
    schoolBlock !== null ||
    needsSecondFactor ||
    user?.must_change_password === true
  )
}

interface UnsavedGuardProps {
  when: boolean
  /** For a page that shows one thing or another by the query of its address. */
  within?: boolean
}

/**
 * Asks before a page is left on which something is not saved. Let go of it while saving
 * (`isDirty && !isSubmitting`), so that the way on after saving is free; `<Form guard>` does.
 */
export function UnsavedGuard({ when, within = false }: UnsavedGuardProps) {
  const { t } = useTranslation('frame')
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      when &&
      (currentLocation.pathname !== nextLocation.pathname ||
        (within && currentLocation.search !== nextLocation.search)) &&
      !isSentAway(),
  )
  useEffect(() => {
    if (!when) return undefined
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [when])

  if (blocker.state !== 'blocked') return null
  return (
    <ConfirmDialog
      title={t('form.leave.title')}
      body={t('form.leave.body')}
      confirmLabel={t('form.leave.leave')}
      cancelLabel={t('form.leave.stay')}
      tone="danger"
      onConfirm={() => blocker.proceed()}
      onClose={() => blocker.reset()}
    />
  )
}
