import { page, portalRoute } from './page'
import { profile } from './shared-pages'

const pages = [
  {
    index: true,
    lazy: page(
      'super-admin',
      async () => (await import('@/features/super-admin/dashboard-page')).OperatorDashboardPage,
    ),
  },
  {
    path: 'schools',
    lazy: page(
      'schools',
      async () => (await import('@/features/schools/schools-page')).SchoolsPage,
    ),
  },
  {
    path: 'schools/new',
    lazy: page(
      'schools',
      async () => (await import('@/features/schools/onboard-page')).OnboardPage,
    ),
  },
  {
    path: 'schools/:schoolId',
    lazy: page('schools', async () => (await import('@/features/schools/school-page')).SchoolPage),
  },
  {
    path: 'pipeline',
    lazy: page(
      'pipeline',
      async () => (await import('@/features/pipeline/pipeline-page')).PipelinePage,
    ),
  },
  {
    path: 'audit',
    lazy: page(
      'audit',
      async () => (await import('@/features/audit/platform-audit-page')).PlatformAuditPage,
    ),
  },
  profile,
]

/** Every page of the portal is a chunk of its own, loaded together with its words. */
export const superAdminRoutes = portalRoute({
  portal: 'super-admin',
  layout: async () => (await import('../layouts/super-admin-layout')).SuperAdminLayout,
  words: ['frame'],
  pages,
})
