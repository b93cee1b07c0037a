/** The three parts of the app. Each is behind its own guard and has its own layout. */
export type Portal = 'super-admin' | 'admin' | 'teacher'

/** Every address of the app, in one place, so that a renamed route cannot leave a dead link behind. */
export const paths = {
  home: '/',
  login: '/login',
  forgotPassword: '/forgot-password',
  // These three and `enter` stand in mails and in the answers of the API: they can never change.
  resetPassword: '/reset-password',
  verifyEmail: '/verify-email',
  acceptInvitation: '/accept-invitation',
  enter: '/enter',
  /** Printed on certificates. */
  certificate: (code: string) => `/certificates/${code}`,
  visitEnded: '/visit-ended',
  changePassword: '/change-password',
  schoolUnavailable: '/school-unavailable',
  start: (portal: Portal) => `/${portal}`,
  profile: (portal: Portal) => `/${portal}/profile`,
  notifications: (portal: Exclude<Portal, 'super-admin'>) => `/${portal}/notifications`,
  schools: '/super-admin/schools',
  newSchool: '/super-admin/schools/new',
  school: (schoolId: string) => `/super-admin/schools/${schoolId}`,
  pipeline: '/super-admin/pipeline',
  audit: (portal: Exclude<Portal, 'teacher'>) => `/${portal}/audit`,
  courses: '/admin/courses',
  course: (courseId: string) => `/admin/courses/${courseId}`,
  coursePreview: (courseId: string) => `/admin/courses/${courseId}/preview`,
  assignments: '/admin/assignments',
  waitingAnswers: '/admin/assignments/waiting',
  attempts: (assignmentId: string) => `/admin/assignments/${assignmentId}/attempts`,
  attempt: (assignmentId: string, attemptId: string) =>
    `/admin/assignments/${assignmentId}/attempts/${attemptId}`,
  assignment: (assignmentId: string) => `/admin/assignments/${assignmentId}`,
  questions: (assignmentId: string) => `/admin/assignments/${assignmentId}/questions`,
  quizExtensions: (assignmentId: string) => `/admin/assignments/${assignmentId}/extensions`,
  questionResults: (assignmentId: string) => `/admin/assignments/${assignmentId}/questions/results`,
  teachers: '/admin/teachers',
  teacherImport: '/admin/teachers/import',
  teacher: (teacherId: string) => `/admin/teachers/${teacherId}`,
  groups: '/admin/groups',
  group: (groupId: string) => `/admin/groups/${groupId}`,
  reports: '/admin/reports',
  analytics: '/admin/analytics',
  reminders: '/admin/reminders',
  newReminder: '/admin/reminders/new',
  reminder: (campaignId: string) => `/admin/reminders/${campaignId}`,
  settings: '/admin/settings',
  settingsDomains: '/admin/settings/domains',
  settingsPolicies: '/admin/settings/policies',
  tasks: '/teacher/assignments',
  task: (assignmentId: string) => `/teacher/assignments/${assignmentId}`,
  quiz: (assignmentId: string) => `/teacher/assignments/${assignmentId}/quiz`,
  team: '/teacher/team',
  search: '/teacher/search',
  certificates: '/teacher/certificates',
  teacherCourses: '/teacher/courses',
  teacherCourse: (courseId: string) => `/teacher/courses/${courseId}`,
  teacherContent: (courseId: string, contentId: string) =>
    `/teacher/courses/${courseId}/contents/${contentId}`,
} as const

/**
 * The page to go to after signing in, taken from `?next=`.
 *
 * Only a path of this very site is taken: anything that a browser would read as another origin
 * (`//evil.example`, `/\evil.example`, `javascript:`) would make the sign-in page an open redirect.
 */
export function safeNextPath(next: string | null): string | null {
  if (!next?.startsWith('/')) return null
  let url: URL
  try {
    url = new URL(next, location.origin)
  } catch {
    return null
  }
  if (url.origin !== location.origin) return null
  const path = url.pathname + url.search + url.hash
  // Going "back" to the sign-in page after signing in would be a loop.
  return url.pathname === paths.login || url.pathname === paths.home ? null : path
}
