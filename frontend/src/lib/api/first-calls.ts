/**
 * What the app asks before the first page is there: few enough to be part of the entry.
 *
 * Shapes and addresses are those of the generated client.
 */
import { client } from './gen/client.gen'
import type {
  GetMeData,
  GetMeErrors,
  GetMeResponses,
  GetThemeData,
  GetThemeErrors,
  GetThemeResponses,
  RefreshData,
  RefreshErrors,
  RefreshResponses,
} from './gen/types.gen'

const ME: GetMeData['url'] = '/api/users/auth/me'
const THEME: GetThemeData['url'] = '/api/tenants/theme'
const REFRESH: RefreshData['url'] = '/api/users/auth/refresh'

/** The signed-in person. */
export const getMe = () => client.get<GetMeResponses, GetMeErrors, true>({ url: ME })

/** The branding of the host's school. */
export const getTheme = () => client.get<GetThemeResponses, GetThemeErrors, true>({ url: THEME })

/** A new access token for the session of the cookie. */
export const refreshSession = () =>
  client.post<RefreshResponses, RefreshErrors, true>({
    url: REFRESH,
    body: {},
    headers: { 'Content-Type': 'application/json' },
  })
