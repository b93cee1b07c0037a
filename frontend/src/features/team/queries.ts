import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { type Answer, listTeam } from '@/lib/api/operations'

export type Member = Answer<typeof listTeam<true>>['results'][number]
export type MemberCourse = Member['courses'][number]
export type MemberSubmission = Member['submissions'][number]

interface TeamPage {
  page: number
  page_size: number
  search?: string
}

export const teamQuery = (query: TeamPage) =>
  queryOptions({
    queryKey: ['team', query],
    queryFn: async ({ signal }) => (await listTeam({ query, signal })).data,
    placeholderData: keepPreviousData,
  })

export const nameOf = ({ first_name: first, last_name: last, email }: Member): string =>
  [first, last].filter(Boolean).join(' ') || email
