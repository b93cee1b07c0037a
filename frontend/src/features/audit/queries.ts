import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Answer, getSettings, listPlatformAudit, listSchoolAudit } from '@/lib/api/operations'

export type AuditEntry = Answer<typeof listSchoolAudit<true>>['results'][number]

type Query = NonNullable<NonNullable<Parameters<typeof listSchoolAudit>[0]>['query']>

/** The activity log of a school, or of the platform with all schools. */
export const auditQuery = (scope: 'school' | 'platform', query: Query) =>
  queryOptions({
    queryKey: ['audit', scope, query],
    queryFn: async ({ signal }) => {
      const list = scope === 'school' ? listSchoolAudit : listPlatformAudit
      return (await list({ query, signal })).data
    },
    placeholderData: keepPreviousData,
  })

/** The school's clock. Moments of the log are told by it, whoever reads where. */
export const timeZoneQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await getSettings({ signal })).data,
  select: (settings) => settings.time_zone,
})
