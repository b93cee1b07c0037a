import { HomeIcon, UserCircleIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { paths } from '@/config/paths'
import { Bell } from '@/features/notifications/bell'
import { PortalShell } from './portal-shell'

export function AdminLayout() {
  const { t } = useTranslation()
  return (
    <PortalShell
      portal="admin"
      navigation="side"
      help={t('helpAdmin')}
      actions={<Bell portal="admin" />}
      items={[
        { to: paths.start('admin'), label: t('nav.start'), icon: HomeIcon, end: true },
        { to: paths.profile('admin'), label: t('nav.profile'), icon: UserCircleIcon },
      ]}
    />
  )
}
