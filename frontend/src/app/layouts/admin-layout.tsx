import {
  AcademicCapIcon,
  ChartBarIcon,
  ClipboardDocumentCheckIcon,
  ClipboardDocumentListIcon,
  Cog6ToothIcon,
  DocumentChartBarIcon,
  EnvelopeIcon,
  HomeIcon,
  UserGroupIcon,
  UsersIcon,
} from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { paths } from '@/config/paths'
import { Bell } from '@/features/notifications/bell'
import { UploadTray } from '@/features/uploads/upload-tray'
import { PortalShell } from './portal-shell'

export function AdminLayout() {
  const { t } = useTranslation(['common', 'frame'])
  return (
    <>
      <PortalShell
        portal="admin"
        navigation="side"
        help={t('helpAdmin')}
        actions={<Bell portal="admin" />}
        items={[
          { to: paths.start('admin'), label: t('frame:nav.start'), icon: HomeIcon, end: true },
          { to: paths.courses, label: t('frame:nav.courses'), icon: AcademicCapIcon },
          {
            to: paths.assignments,
            label: t('frame:nav.assignments'),
            icon: ClipboardDocumentCheckIcon,
          },
          { to: paths.teachers, label: t('frame:nav.teachers'), icon: UsersIcon },
          { to: paths.groups, label: t('frame:nav.groups'), icon: UserGroupIcon },
          { to: paths.reports, label: t('frame:nav.reports'), icon: DocumentChartBarIcon },
          { to: paths.analytics, label: t('frame:nav.analytics'), icon: ChartBarIcon },
          { to: paths.reminders, label: t('frame:nav.reminders'), icon: EnvelopeIcon },
          { to: paths.settings, label: t('frame:nav.settings'), icon: Cog6ToothIcon },
          {
            to: paths.audit('admin'),
            label: t('frame:nav.audit'),
            icon: ClipboardDocumentListIcon,
          },
        ]}
      />
      <UploadTray />
    </>
  )
}
