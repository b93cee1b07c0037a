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
  redirectToPortal,
  requirePortal,
  requireSignedIn,
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

const profile: RouteObject = {
  path: 'profile',
  lazy: async () => {
    const [{ ProfilePage }] = await Promise.all([
      import('@/features/profile/profile-page'),
      loadWords('account'),
    ])
    return { Component: ProfilePage }
  },
}

const notifications: RouteObject = {
  path: 'notifications',
  lazy: async () => ({
    Component: (await import('@/features/notifications/notifications-page')).NotificationsPage,
  }),
}

const lazyPortal = async () => ({ Component: (await import('./portal')).Portal })

/** Before and beside the portals: nobody need be signed in. */
const publicRoutes: RouteObject = {
  lazy: async () => {
    const [{ AuthLayout }] = await Promise.all([import('./layouts/auth-layout'), loadWords('auth')])
    return { Component: AuthLayout }
  },
  ErrorBoundary: RouteError,
  children: [
    {
      path: paths.login,
      loader: skipIfSignedIn,
      lazy: async () => ({
        Component: (await import('@/features/auth/login-page')).LoginPage,
      }),
    },
    {
      path: paths.forgotPassword,
      lazy: async () => ({
        Component: (await import('@/features/auth/forgot-password-page')).ForgotPasswordPage,
      }),
    },
    {
      path: paths.resetPassword,
      lazy: async () => ({
        Component: (await import('@/features/auth/reset-password-page')).ResetPasswordPage,
      }),
    },
    {
      path: paths.verifyEmail,
      lazy: async () => ({
        Component: (await import('@/features/auth/verify-email-page')).VerifyEmailPage,
      }),
    },
    {
      path: paths.acceptInvitation,
      lazy: async () => ({
        Component: (await import('@/features/auth/accept-invitation-page')).AcceptInvitationPage,
      }),
    },
    {
      path: paths.enter,
      lazy: async () => ({
        Component: (await import('@/features/auth/enter-page')).EnterPage,
      }),
    },
    {
      path: paths.visitEnded,
      lazy: async () => ({
        Component: (await import('@/features/auth/visit-ended-page')).VisitEndedPage,
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
        Component: (await import('@/features/auth/school-unavailable-page')).SchoolUnavailablePage,
      }),
    },
  ],
}

const superAdminRoutes: RouteObject = {
  path: '/super-admin',
  loader: requirePortal('super-admin'),
  lazy: lazyPortal,
  children: [
    {
      lazy: async () => {
        const [{ SuperAdminLayout }] = await Promise.all([
          import('./layouts/super-admin-layout'),
          loadWords('super-admin'),
        ])
        return { Component: SuperAdminLayout }
      },
      children: [
        {
          // A boundary inside the layout: when a page fails, the way elsewhere stays.
          ErrorBoundary: RouteError,
          children: [
            {
              index: true,
              lazy: async () => ({
                Component: (await import('@/features/super-admin/start-page')).SuperAdminStartPage,
              }),
            },
            profile,
          ],
        },
      ],
    },
  ],
}

const adminRoutes: RouteObject = {
  path: '/admin',
  loader: requirePortal('admin'),
  lazy: lazyPortal,
  children: [
    {
      lazy: async () => {
        const [{ AdminLayout }] = await Promise.all([
          import('./layouts/admin-layout'),
          loadWords('admin'),
          loadWords('notices'),
        ])
        return { Component: AdminLayout }
      },
      children: [
        {
          ErrorBoundary: RouteError,
          children: [
            {
              index: true,
              lazy: async () => ({
                Component: (await import('@/features/admin-dashboard/start-page')).AdminStartPage,
              }),
            },
            notifications,
            profile,
          ],
        },
      ],
    },
  ],
}

const teacherRoutes: RouteObject = {
  path: '/teacher',
  loader: requirePortal('teacher'),
  lazy: lazyPortal,
  children: [
    {
      lazy: async () => {
        const [{ TeacherLayout }] = await Promise.all([
          import('./layouts/teacher-layout'),
          loadWords('teacher'),
          loadWords('notices'),
        ])
        return { Component: TeacherLayout }
      },
      children: [
        { index: true, loader: () => redirect(paths.teacherCourses) },
        {
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
            notifications,
            profile,
          ],
        },
      ],
    },
  ],
}

/** Every page is a chunk of its own, loaded together with its words. */
export const routes: RouteObject[] = [
  {
    Component: Root,
    ErrorBoundary: RouteError,
    HydrateFallback: LoadingPage,
    children: [
      { index: true, loader: redirectHome },
      publicRoutes,
      superAdminRoutes,
      adminRoutes,
      teacherRoutes,
      { path: '/courses/*', loader: redirectToPortal },
      { path: '*', Component: NotFoundPage },
    ],
  },
]

export const createRouter = () => createBrowserRouter(routes)
export type AppRouter = ReturnType<typeof createRouter>
