import { useTranslation } from 'react-i18next'
import { BrandingForm } from './branding-form'
import { SettingsFrame } from './settings-frame'

/** Name, logo, colours and font of the school, with a picture of what they make. */
export function BrandingPage() {
  const { t } = useTranslation('settings')
  return (
    <SettingsFrame title={t('branding.title')} intro={t('branding.intro')}>
      {(settings) => <BrandingForm settings={settings} />}
    </SettingsFrame>
  )
}
