import { queryOptions, useQuery } from '@tanstack/react-query'
import { getSettings } from '@/lib/api/operations'

const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await getSettings({ signal })).data,
  select: (settings) => settings.time_zone,
})

/** The school's time zone, once it is known: a day of a report is a day there. */
export const useSchoolClock = (): string | undefined => useQuery(settingsQuery).data
