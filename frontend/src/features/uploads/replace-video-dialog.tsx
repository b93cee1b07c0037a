import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Dropzone } from './dropzone'
import type { VideoPlace } from './queries'

interface ReplaceVideoDialogProps {
  place: VideoPlace
  title: string
  onClose: () => void
}

export function ReplaceVideoDialog({ place, title, onClose }: ReplaceVideoDialogProps) {
  const { t } = useTranslation('uploads')
  return (
    <Dialog title={t('replace.title', { title })} onClose={onClose}>
      <p className="mt-2 mb-5 text-ink-soft">{t('replace.body')}</p>
      <Dropzone
        courseId={place.courseId}
        moduleId={place.moduleId}
        replaces={{ contentId: place.contentId, title }}
        onStarted={onClose}
      />
      <Button look="secondary" className="mt-5" onClick={onClose}>
        {t('replace.close')}
      </Button>
    </Dialog>
  )
}
