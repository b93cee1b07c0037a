import { paths, type Portal } from '@/config/paths'
import type { User } from '@/lib/api/operations'

const PORTALS: Record<User['role'], Portal> = {
  SUPER_ADMIN: 'super-admin',
  SCHOOL_ADMIN: 'admin',
  TEACHER: 'teacher',
  HOD: 'teacher',
  IB_COORDINATOR: 'teacher',
}

/** The part of the app in which a person works. */
export const portalOf = (user: User): Portal => PORTALS[user.role]

/** Whether a teacher also sees how the people of a department or programme come along. */
export const leadsTeam = (role: User['role']): boolean =>
  role === 'HOD' || role === 'IB_COORDINATOR'

/** Where a person starts. */
export function homePath(user: User): string {
  return user.must_change_password ? paths.changePassword : paths.start(portalOf(user))
}

/** What to call somebody on the screen. */
export const displayName = (user: User): string =>
  [user.first_name, user.last_name].filter(Boolean).join(' ') || user.email
