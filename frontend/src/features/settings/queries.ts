import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import {
  addDomain,
  type Answer,
  getSettings,
  listDomains,
  removeDomain,
  updateSettings,
  uploadTenantLogo,
  verifyDomain,
} from '@/lib/api/operations'
import { loadTheme } from '@/lib/tenant/theme-store'

export type Settings = Answer<typeof getSettings<true>>
export type Domain = Answer<typeof listDomains<true>>['results'][number]
type Changes = Parameters<typeof updateSettings>[0]['body']

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: async ({ signal }) => (await getSettings({ signal })).data,
})

/** Saves what changed, and dresses this very page in it. */
export function useSaveSettings() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (changes: Changes) => (await updateSettings({ body: changes })).data,
    onSuccess: async (settings) => {
      queryClient.setQueryData(settingsQuery.queryKey, settings)
      await loadTheme()
    },
  })
}

/** @returns the id by which the settings refer to the picture */
export async function sendLogo(file: File): Promise<string> {
  const { data } = await uploadTenantLogo({ body: { file } })
  return data.file_id
}

/** A school has five of them at most: one page holds all. */
export const domainsQuery = queryOptions({
  queryKey: ['domains'],
  queryFn: async ({ signal }) => (await listDomains({ signal })).data.results,
})

export function useDomainChange<Input>(change: (input: Input) => Promise<unknown>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    // Also after a refusal: the list tells what is true now.
    onSettled: () => queryClient.invalidateQueries({ queryKey: domainsQuery.queryKey }),
  })
}

export const add = (hostname: string) => addDomain({ body: { hostname } })
export const verify = (domain: Domain) => verifyDomain({ path: { domain_id: domain.id } })
export const remove = (domain: Domain) => removeDomain({ path: { domain_id: domain.id } })
