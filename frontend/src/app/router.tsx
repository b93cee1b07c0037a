import {
  createBrowserRouter,
  Outlet,
  redirect,
  type RouteObject,
  ScrollRestoration,
} from 'react-router'
import { paths } from '@/config/paths'
import { loadWords } from '@/lib/i18n'
import {
  redirectHome,
  requireOtherRole,
  requireSignedIn,
  requireTeacher,
  skipIfSignedIn,
} from './guards'
import { LoadingPage } from './loading-page'
import { NotFoundPage } from './not-found-page'
import { RouteError } from './route-error'

function Root() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  )
}

/** Every page is a chunk of its own, loaded together with its words. */
export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: RouteError,
    HydrateFallback: LoadingPage,
    children: [
      { index: true, loader: redirectHome },
      {
        lazy: async () => {
          const [{ AuthLayout }] = await Promise.all([
            import('./layouts/auth-layout'),
            loadWords('auth'),
          ])
          return { Component: AuthLayout }
        },
        children: [
          {
            path: paths.login,
            loader: skipIfSignedIn,
            lazy: async () => ({
              Component: (await import('@/features/auth/login-page')).LoginPage,
            }),
          },
          {
            path: paths.changePassword,
            loader: requireSignedIn,
            lazy: async () => ({
              Component: (await import('@/features/auth/change-password-page')).ChangePasswordPage,
            }),
          },
          {
            path: paths.schoolUnavailable,
            lazy: async () => ({
              Component: (await import('@/features/auth/school-unavailable-page'))
                .SchoolUnavailablePage,
            }),
          },
          {
            path: paths.notBuilt,
            loader: requireOtherRole,
            lazy: async () => ({
              Component: (await import('@/features/auth/not-built-page')).NotBuiltPage,
            }),
          },
        ],
      },
      {
        path: '/teacher',
        loader: requireTeacher,
        lazy: async () => ({ Component: (await import('./portal')).Portal }),
        children: [
          {
            lazy: async () => {
              const [{ TeacherLayout }] = await Promise.all([
                import('./layouts/teacher-layout'),
                loadWords('teacher'),
              ])
              return { Component: TeacherLayout }
            },
            children: [
              { index: true, loader: () => redirect(paths.teacherCourses) },
              {
                // A boundary inside the layout: when a page fails, the way elsewhere stays.
                ErrorBoundary: RouteError,
                children: [
                  {
                    path: 'courses',
                    lazy: async () => ({
                      Component: (await import('@/features/learn/courses-page')).CoursesPage,
                    }),
                  },
                  {
                    path: 'courses/:courseId',
                    lazy: async () => ({
                      Component: (await import('@/features/learn/course-page')).CoursePage,
                    }),
                  },
                  {
                    path: 'courses/:courseId/contents/:contentId',
                    lazy: async () => ({
                      Component: (await import('@/features/learn/content-page')).ContentPage,
                    }),
                  },
                ],
              },
            ],
          },
        ],
      },
      { path: '*', Component: NotFoundPage },
    ],
  },
]

export const createRouter = () => createBrowserRouter(routes)
export type AppRouter = ReturnType<typeof createRouter>
