import {
  BuildingLibraryIcon,
  ClipboardDocumentListIcon,
  FilmIcon,
  HomeIcon,
  UserCircleIcon,
} from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { paths } from '@/config/paths'
import { PortalShell } from './portal-shell'

export function SuperAdminLayout() {
  const { t } = useTranslation(['common', 'frame'])
  return (
    <PortalShell
      portal="super-admin"
      navigation="side"
      help={t('helpOperator')}
      items={[
        { to: paths.start('super-admin'), label: t('frame:nav.start'), icon: HomeIcon, end: true },
        { to: paths.schools, label: t('frame:nav.schools'), icon: BuildingLibraryIcon },
        { to: paths.pipeline, label: t('frame:nav.pipeline'), icon: FilmIcon },
        {
          to: paths.audit('super-admin'),
          label: t('frame:nav.audit'),
          icon: ClipboardDocumentListIcon,
        },
        { to: paths.profile('super-admin'), label: t('frame:nav.profile'), icon: UserCircleIcon },
      ]}
    />
  )
}
