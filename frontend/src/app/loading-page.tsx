import { useTranslation } from 'react-i18next'
import { Spinner } from '@/components/ui/spinner'

/** The very first moment of a visit, before it is known who is there. */
export function LoadingPage() {
  const { t } = useTranslation()
  return (
    <main
      className="flex min-h-dvh animate-appear-late items-center justify-center"
      aria-busy="true"
    >
      <p role="status" className="flex items-center gap-3 text-ink-soft">
        <Spinner className="size-6" />
        {t('loading')}
      </p>
    </main>
  )
}
