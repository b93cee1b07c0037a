import { AcademicCapIcon, UserCircleIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { paths } from '@/config/paths'
import { Bell } from '@/features/notifications/bell'
import { PortalShell } from './portal-shell'

export function TeacherLayout() {
  const { t } = useTranslation()
  return (
    <PortalShell
      portal="teacher"
      navigation="bar"
      help={t('help')}
      actions={<Bell portal="teacher" />}
      items={[
        { to: paths.teacherCourses, label: t('nav.courses'), icon: AcademicCapIcon },
        { to: paths.profile('teacher'), label: t('nav.profile'), icon: UserCircleIcon },
      ]}
    />
  )
}
