import { page, portalRoute } from './page'
import { notifications, profile } from './shared-pages'

const pages = [
  {
    index: true,
    lazy: page(
      'teacher',
      async () => (await import('@/features/learn/dashboard-page')).DashboardPage,
    ),
  },
  {
    path: 'courses',
    lazy: page('teacher', async () => (await import('@/features/learn/courses-page')).CoursesPage),
  },
  {
    path: 'courses/:courseId',
    lazy: page('teacher', async () => (await import('@/features/learn/course-page')).CoursePage),
  },
  {
    path: 'courses/:courseId/contents/:contentId',
    lazy: page('teacher', async () => (await import('@/features/learn/content-page')).ContentPage),
  },
  {
    path: 'assignments',
    lazy: page('tasks', async () => (await import('@/features/tasks/tasks-page')).TasksPage),
  },
  {
    path: 'assignments/:assignmentId',
    lazy: page('tasks', async () => (await import('@/features/tasks/task-page')).TaskPage),
  },
  {
    path: 'assignments/:assignmentId/quiz',
    lazy: page('quiz', async () => (await import('@/features/quiz/quiz-page')).QuizPage),
  },
  {
    path: 'search',
    lazy: page('search', async () => (await import('@/features/search/search-page')).SearchPage),
  },
  {
    path: 'certificates',
    lazy: page(
      'certificates',
      async () => (await import('@/features/certificates/certificates-page')).CertificatesPage,
    ),
  },
  {
    path: 'team',
    lazy: page('team', async () => (await import('@/features/team/team-page')).TeamPage),
  },
  notifications,
  profile,
]

/** Every page of the portal is a chunk of its own, loaded together with its words. */
export const teacherRoutes = portalRoute({
  portal: 'teacher',
  layout: async () => (await import('../layouts/teacher-layout')).TeacherLayout,
  words: ['frame', 'notices'],
  pages,
})
