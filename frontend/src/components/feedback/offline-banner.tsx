import { SignalSlashIcon } from '@heroicons/react/20/solid'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

function subscribe(notify: () => void) {
  addEventListener('online', notify)
  addEventListener('offline', notify)
  return () => {
    removeEventListener('online', notify)
    removeEventListener('offline', notify)
  }
}

/** The live region is always in the page: one that appears together with its text is often not read. */
export function OfflineBanner() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-warning-soft px-4 py-2 font-medium text-warning">
          <SignalSlashIcon aria-hidden="true" className="size-5 shrink-0" />
          {t('offline')}
        </p>
      )}
    </div>
  )
}
