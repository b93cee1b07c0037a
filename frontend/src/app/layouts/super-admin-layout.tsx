import { HomeIcon, UserCircleIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { paths } from '@/config/paths'
import { PortalShell } from './portal-shell'

export function SuperAdminLayout() {
  const { t } = useTranslation()
  return (
    <PortalShell
      portal="super-admin"
      navigation="side"
      help={t('helpOperator')}
      items={[
        { to: paths.start('super-admin'), label: t('nav.start'), icon: HomeIcon, end: true },
        { to: paths.profile('super-admin'), label: t('nav.profile'), icon: UserCircleIcon },
      ]}
    />
  )
}
