import { queryOptions } from '@tanstack/react-query'
import { fetchAllPages } from '@/lib/api/all-pages'
import { type Answer, listCertificates, verifyCertificate } from '@/lib/api/operations'
import { LEARNER_KEY } from '@/lib/learner-key'

export type Certificate = Answer<typeof listCertificates<true>>['results'][number]

export const certificatesQuery = queryOptions({
  queryKey: [...LEARNER_KEY, 'certificates'],
  queryFn: ({ signal }) => fetchAllPages((query) => listCertificates({ query, signal })),
})

export const verifiedQuery = (code: string) =>
  queryOptions({
    queryKey: ['certificate', code],
    queryFn: async ({ signal }) => (await verifyCertificate({ path: { code }, signal })).data,
    // "There is no such certificate" is an answer.
    retry: false,
  })

/** In fours, as it is printed. */
export const grouped = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? code
