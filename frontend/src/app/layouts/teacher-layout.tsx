import {
  AcademicCapIcon,
  ClipboardDocumentCheckIcon,
  HomeIcon,
  UserCircleIcon,
  UserGroupIcon,
} from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'
import { paths } from '@/config/paths'
import { Bell } from '@/features/notifications/bell'
import { SearchBox } from '@/features/search/search-box'
import { leadsTeam } from '@/lib/auth/roles'
import { useSessionStore } from '@/lib/auth/session-store'
import { PortalShell } from './portal-shell'

export function TeacherLayout() {
  const { t } = useTranslation(['common', 'frame'])
  const leads = useSessionStore(({ user }) => user !== null && leadsTeam(user.role))
  return (
    <PortalShell
      portal="teacher"
      navigation="bar"
      help={t('help')}
      actions={
        <>
          <SearchBox />
          <Bell portal="teacher" />
        </>
      }
      items={[
        { to: paths.start('teacher'), label: t('frame:nav.start'), icon: HomeIcon, end: true },
        { to: paths.teacherCourses, label: t('frame:nav.myCourses'), icon: AcademicCapIcon },
        { to: paths.tasks, label: t('frame:nav.assignments'), icon: ClipboardDocumentCheckIcon },
        leads
          ? { to: paths.team, label: t('frame:nav.team'), icon: UserGroupIcon }
          : { to: paths.profile('teacher'), label: t('frame:nav.profile'), icon: UserCircleIcon },
      ]}
    />
  )
}
