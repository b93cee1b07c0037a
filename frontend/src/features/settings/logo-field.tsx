import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { FileDrop } from '@/components/ui/file-drop'

interface LogoFieldProps {
  /** Address of the picture that is there now, or null. */
  current: string | null
  /** Null takes it away. */
  onPick: (file: File | null) => void
}

const MAX_BYTES = 2 * 1024 * 1024

export function LogoField({ current, onPick }: LogoFieldProps) {
  const { t } = useTranslation('settings')
  return (
    <div className="space-y-3">
      <FileDrop
        label={t('branding.logo')}
        hint={t('branding.logoHint')}
        accept={['image/png', 'image/jpeg', 'image/webp']}
        acceptLabel="PNG, JPEG, WebP"
        maxBytes={MAX_BYTES}
        onFiles={([file]) => file && onPick(file)}
      />
      {current && (
        <div className="flex flex-wrap items-center gap-4">
          <img
            src={current}
            alt={t('branding.logoNow')}
            className="h-16 max-w-48 rounded-lg border border-line bg-white object-contain p-1"
          />
          <Button look="quiet" onClick={() => onPick(null)}>
            {t('branding.logoRemove')}
          </Button>
        </div>
      )}
    </div>
  )
}
