import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { loadTheme, useThemeStore } from '@/lib/tenant/theme-store'
import { MessagePage } from './message-page'

/** First visit, and the server does not answer: not even the school's name is known. */
export function UnreachablePage() {
  const { t } = useTranslation()
  const [pending, setPending] = useState(false)
  const retry = async () => {
    setPending(true)
    await loadTheme()
    // Whatever else the page asked for failed as well: once there is an answer, it starts anew.
    if (useThemeStore.getState().status === 'ready') location.reload()
    else setPending(false)
  }
  return (
    <MessagePage
      title={t('unreachable.title')}
      actions={
        <Button onClick={() => void retry()} pending={pending}>
          {t('action.retry')}
        </Button>
      }
    >
      <p role="status">{t('unreachable.text')}</p>
    </MessagePage>
  )
}
