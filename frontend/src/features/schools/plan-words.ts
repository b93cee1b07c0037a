import type { TFunction } from 'i18next'
import { formatBytes, formatDuration, formatNumber } from '@/lib/format'
import type { Limits } from './queries'

/** What a plan brings, in one line: "10 teachers · 5 courses · 5 GB · videos up to 60 min". */
export const limitWords = (limits: Limits, t: TFunction<'schools'>): string =>
  [
    t('brings.teachers', { count: limits.teachers, number: formatNumber(limits.teachers) }),
    t('brings.courses', { count: limits.courses, number: formatNumber(limits.courses) }),
    formatBytes(limits.storage_bytes),
    t('brings.videos', { length: formatDuration(limits.video_seconds) }),
  ].join(' · ')
