import { ArrowTopRightOnSquareIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { NewTabLinkButton } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'
import { isWebAddress } from './web-address'

interface LinkFieldProps {
  value: string
  error: string | undefined
  onChange: (url: string) => void
}

/** Where a link leads, and the way there, to see whether it is the right place. */
export function LinkField({ value, error, onChange }: LinkFieldProps) {
  const { t } = useTranslation('courses')
  return (
    <div>
      <TextField
        label={t('content.url')}
        hint={t('content.urlHint')}
        type="url"
        inputMode="url"
        value={value}
        autoComplete="off"
        spellCheck={false}
        error={error}
        onChange={(event) => onChange(event.target.value)}
      />
      {isWebAddress(value) && (
        <NewTabLinkButton look="quiet" href={value.trim()} className="mt-1 -ml-4">
          {t('content.openLink')}
          <ArrowTopRightOnSquareIcon aria-hidden="true" className="size-4" />
        </NewTabLinkButton>
      )}
    </div>
  )
}
