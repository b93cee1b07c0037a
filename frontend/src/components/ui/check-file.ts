import type { TFunction } from 'i18next'
import { formatBytes } from '@/lib/format'

export interface FileRules {
  /** As in HTML: `.csv`, `image/png`, `video/*`. */
  accept: readonly string[]
  /** The same in words: "PNG, JPEG or WebP". */
  acceptLabel: string
  maxBytes: number
}

const isAccepted = ({ name, type }: File, accept: readonly string[]): boolean =>
  accept.some((rule) => {
    if (rule.startsWith('.')) return name.toLowerCase().endsWith(rule.toLowerCase())
    return rule.endsWith('/*') ? type.startsWith(rule.slice(0, -1)) : type === rule
  })

/**
 * Says why a file is not worth sending. The server checks again, and closer.
 *
 * @returns undefined when nothing speaks against it
 */
export function checkFile(
  file: File,
  { accept, acceptLabel, maxBytes }: FileRules,
  t: TFunction<'frame'>,
): string | undefined {
  const { name, size } = file
  if (!isAccepted(file, accept)) return t('file.wrongType', { name, types: acceptLabel })
  if (size === 0) return t('file.empty', { name })
  if (size <= maxBytes) return undefined
  return t('file.tooLarge', { name, size: formatBytes(size), limit: formatBytes(maxBytes) })
}
