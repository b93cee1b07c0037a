import { paths } from '@/config/paths'
import type { User } from '@/lib/api/operations'

const TEACHING_ROLES = new Set<string>(['TEACHER', 'HOD', 'IB_COORDINATOR'])

export const isTeacher = (user: User): boolean => TEACHING_ROLES.has(user.role)

/** Where a person starts. */
export function homePath(user: User): string {
  if (user.must_change_password) return paths.changePassword
  return isTeacher(user) ? paths.teacherCourses : paths.notBuilt
}
