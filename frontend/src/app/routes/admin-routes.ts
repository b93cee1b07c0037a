import { page, portalRoute } from './page'
import { notifications, profile } from './shared-pages'

const pages = [
  {
    index: true,
    lazy: page(
      'admin',
      async () => (await import('@/features/admin-dashboard/dashboard-page')).AdminDashboardPage,
    ),
  },
  {
    path: 'courses',
    lazy: page(
      'courses',
      async () => (await import('@/features/courses/courses-page')).CoursesPage,
    ),
  },
  {
    path: 'courses/:courseId',
    lazy: page(
      'courses',
      async () => (await import('@/features/courses/course-editor-page')).CourseEditorPage,
    ),
  },
  {
    path: 'courses/:courseId/preview',
    lazy: page(
      'courses',
      async () => (await import('@/features/courses/preview-page')).CoursePreviewPage,
    ),
  },
  {
    path: 'assignments',
    lazy: page(
      'assignments',
      async () => (await import('@/features/assignments/assignments-page')).AssignmentsPage,
    ),
  },
  {
    path: 'assignments/waiting',
    lazy: page(
      'quiz-marking',
      async () => (await import('@/features/quiz-marking/waiting-page')).WaitingPage,
    ),
  },
  {
    path: 'assignments/:assignmentId/attempts',
    lazy: page(
      'quiz-marking',
      async () => (await import('@/features/quiz-marking/attempts-page')).AttemptsPage,
    ),
  },
  {
    path: 'assignments/:assignmentId/attempts/:attemptId',
    lazy: page(
      'quiz-marking',
      async () => (await import('@/features/quiz-marking/attempt-page')).AttemptPage,
    ),
  },
  {
    path: 'assignments/:assignmentId',
    lazy: page(
      'assignments',
      async () => (await import('@/features/assignments/assignment-page')).AssignmentPage,
    ),
  },
  {
    path: 'assignments/:assignmentId/questions',
    lazy: page(
      'quiz-editor',
      async () => (await import('@/features/quiz-editor/quiz-editor-page')).QuizEditorPage,
    ),
  },
  {
    path: 'assignments/:assignmentId/extensions',
    lazy: page(
      'quiz-extensions',
      async () => (await import('@/features/quiz-extensions/extensions-page')).ExtensionsPage,
    ),
  },
  {
    path: 'assignments/:assignmentId/questions/results',
    lazy: page(
      'question-results',
      async () =>
        (await import('@/features/question-results/question-results-page')).QuestionResultsPage,
    ),
  },
  {
    path: 'teachers',
    lazy: page(
      'teachers',
      async () => (await import('@/features/teachers/teachers-page')).TeachersPage,
    ),
  },
  {
    path: 'teachers/import',
    lazy: page(
      'teachers',
      async () => (await import('@/features/teachers/import-page')).ImportPage,
    ),
  },
  {
    path: 'teachers/:teacherId',
    lazy: page(
      'teachers',
      async () => (await import('@/features/teachers/teacher-page')).TeacherPage,
    ),
  },
  {
    path: 'groups',
    lazy: page('groups', async () => (await import('@/features/groups/groups-page')).GroupsPage),
  },
  {
    path: 'groups/:groupId',
    lazy: page('groups', async () => (await import('@/features/groups/group-page')).GroupPage),
  },
  {
    path: 'reports',
    lazy: page(
      'reports',
      async () => (await import('@/features/reports/reports-page')).ReportsPage,
    ),
  },
  {
    path: 'analytics',
    lazy: page(
      'analytics',
      async () => (await import('@/features/analytics/analytics-page')).AnalyticsPage,
    ),
  },
  {
    path: 'reminders',
    lazy: page(
      'reminders',
      async () => (await import('@/features/reminders/reminders-page')).RemindersPage,
    ),
  },
  {
    path: 'reminders/new',
    lazy: page(
      'reminders',
      async () => (await import('@/features/reminders/compose-page')).ComposeReminderPage,
    ),
  },
  {
    path: 'reminders/:campaignId',
    lazy: page(
      'reminders',
      async () => (await import('@/features/reminders/campaign-page')).CampaignPage,
    ),
  },
  {
    path: 'settings',
    lazy: page(
      'settings',
      async () => (await import('@/features/settings/branding-page')).BrandingPage,
    ),
  },
  {
    path: 'settings/domains',
    lazy: page(
      'settings',
      async () => (await import('@/features/settings/domains-page')).DomainsPage,
    ),
  },
  {
    path: 'settings/policies',
    lazy: page(
      'settings',
      async () => (await import('@/features/settings/policies-page')).PoliciesPage,
    ),
  },
  {
    path: 'audit',
    lazy: page(
      'audit',
      async () => (await import('@/features/audit/school-audit-page')).SchoolAuditPage,
    ),
  },
  notifications,
  profile,
]

/** Every page of the portal is a chunk of its own, loaded together with its words. */
export const adminRoutes = portalRoute({
  portal: 'admin',
  layout: async () => (await import('../layouts/admin-layout')).AdminLayout,
  words: ['frame', 'notices', 'quiz-reasons'],
  pages,
})
