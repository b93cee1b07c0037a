import type { RouteObject } from 'react-router'
import { page } from './page'

export const profile: RouteObject = {
  path: 'profile',
  lazy: page('account', async () => (await import('@/features/profile/profile-page')).ProfilePage),
}

export const notifications: RouteObject = {
  path: 'notifications',
  lazy: page(
    'notices',
    async () => (await import('@/features/notifications/notifications-page')).NotificationsPage,
  ),
}
