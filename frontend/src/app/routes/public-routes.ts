import type { RouteObject } from 'react-router'
import { paths } from '@/config/paths'
import { loadWords } from '@/lib/i18n'
import { requireSignedIn, skipIfSignedIn } from '../guards'
import { RouteError } from '../route-error'

/** Before and beside the portals: nobody need be signed in. */
export const publicRoutes: RouteObject = {
  lazy: async () => {
    const [{ AuthLayout }] = await Promise.all([
      import('../layouts/auth-layout'),
      loadWords('auth'),
    ])
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
      path: paths.certificate(':code'),
      lazy: async () => {
        const [{ CertificatePage }] = await Promise.all([
          import('@/features/certificates/certificate-page'),
          loadWords('certificates'),
        ])
        return { Component: CertificatePage }
      },
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
