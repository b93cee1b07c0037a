import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  adviseAddress,
  type Answer,
  editSchool,
  getSchool,
  getSchoolUsage,
  listAdministrators,
  listPlans,
  listSchools,
} from '@/lib/api/operations'

export type School = Answer<typeof getSchool<true>>
export type SchoolUsage = Answer<typeof getSchoolUsage<true>>
export type Administrator = Answer<typeof listAdministrators<true>>['administrators'][number]
export type Plan = School['plan']
export type Limits = School['limits']
type SchoolQuery = NonNullable<Parameters<typeof listSchools>[0]>['query']
export type SchoolChanges = Parameters<typeof editSchool>[0]['body']

export const PLANS = ['FREE', 'STARTER', 'PRO', 'ENTERPRISE'] as const satisfies readonly Plan[]

/** Everything that is asked about schools, so that one change makes all of it new. */
const SCHOOLS = ['platform', 'schools'] as const

export const schoolsQuery = (query: SchoolQuery) =>
  queryOptions({
    queryKey: [...SCHOOLS, 'list', query],
    queryFn: async ({ signal }) => (await listSchools({ query, signal })).data,
    placeholderData: keepPreviousData,
  })

export const schoolQuery = (schoolId: string) =>
  queryOptions({
    queryKey: [...SCHOOLS, 'one', schoolId],
    queryFn: async ({ signal }) =>
      (await getSchool({ path: { tenant_id: schoolId }, signal })).data,
  })

export const usageQuery = (schoolId: string) =>
  queryOptions({
    queryKey: [...SCHOOLS, 'usage', schoolId],
    queryFn: async ({ signal }) =>
      (await getSchoolUsage({ path: { tenant_id: schoolId }, signal })).data,
  })

export const administratorsQuery = (schoolId: string) =>
  queryOptions({
    queryKey: [...SCHOOLS, 'administrators', schoolId],
    queryFn: async ({ signal }) =>
      (await listAdministrators({ path: { tenant_id: schoolId }, signal })).data.administrators,
  })

export const plansQuery = queryOptions({
  queryKey: ['platform', 'plans'],
  queryFn: async ({ signal }) => (await listPlans({ signal })).data.plans,
  // They change with a new version of the platform only.
  staleTime: Infinity,
})

/** Whether an address can be had; without one, which could be made of the name. */
export const adviceQuery = (schoolName: string, subdomain: string) =>
  queryOptions({
    queryKey: ['platform', 'address', schoolName, subdomain],
    queryFn: async ({ signal }) =>
      (await adviseAddress({ query: { school_name: schoolName, subdomain }, signal })).data,
    // Somebody else may have taken it meanwhile.
    staleTime: 10_000,
  })

/** After something happened to schools: everything that shows them, the start page too, asks anew. */
export function useRefreshSchools(): () => Promise<void> {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['platform'] })
}

/** Changes what the operator decides about a school; the page shows the answer at once. */
export function useEditSchool(schoolId: string) {
  const queries = useQueryClient()
  const refresh = useRefreshSchools()
  return useMutation({
    mutationFn: async (changes: SchoolChanges) =>
      (await editSchool({ path: { tenant_id: schoolId }, body: changes })).data,
    onSuccess: (school) => {
      queries.setQueryData(schoolQuery(schoolId).queryKey, school)
      void refresh()
    },
  })
}
