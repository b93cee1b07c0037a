import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import type { PlaybackTrouble } from './use-playback'

interface TroubleNoteProps {
  trouble: PlaybackTrouble
  onRetry: () => void
}

export function TroubleNote({ trouble, onRetry }: TroubleNoteProps) {
  const { t } = useTranslation('teacher')
  return (
    <div
      role="alert"
      className="absolute inset-x-0 bottom-0 flex flex-wrap items-center justify-center gap-x-4 gap-y-2 bg-black/85 px-4 py-3 text-white"
    >
      <p className="max-w-prose">{t(`player.trouble.${trouble}`)}</p>
      {trouble !== 'unsupported' && (
        <Button look="secondary" onClick={onRetry}>
          {trouble === 'network' ? t('player.tryNow') : t('player.tryAgain')}
        </Button>
      )}
    </div>
  )
}
