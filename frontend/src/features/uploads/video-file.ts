import type { TFunction } from 'i18next'
import { formatBytes, formatDuration } from '@/lib/format'

/** What the server takes. Browsers know no type for some of these, so their endings are named, too. */
export const VIDEO_TYPES: readonly string[] =
  'video/* .mp4 .m4v .mov .mkv .webm .avi .wmv .ts .mts'.split(' ')

export const MAX_VIDEO_BYTES = 2 * 1024 ** 3

/** Some recordings say nothing about themselves; waiting for them longer helps nobody. */
const READ_MS = 8000

/**
 * How long a recording lasts, read by the browser from the file.
 *
 * @returns seconds; null where this browser cannot say: the server will
 */
export function readDuration(file: File): Promise<number | null> {
  const address = URL.createObjectURL(file)
  const video = document.createElement('video')
  return new Promise<number | null>((resolve) => {
    const timer = setTimeout(() => resolve(null), READ_MS)
    const tell = () => {
      clearTimeout(timer)
      resolve(Number.isFinite(video.duration) && video.duration > 0 ? video.duration : null)
    }
    video.addEventListener('loadedmetadata', tell, { once: true })
    video.addEventListener('error', tell, { once: true })
    video.preload = 'metadata'
    video.muted = true
    video.src = address
  }).finally(() => {
    video.removeAttribute('src')
    URL.revokeObjectURL(address)
  })
}

/** What the school's plan leaves; undefined is not known. */
export interface Room {
  storageLeft: number | undefined
  secondsLimit: number | undefined
}

/** The server's own slack: encoders round the last frame up. */
const SLACK_SECONDS = 0.5

/**
 * Says why a recording is not worth sending.
 *
 * @returns undefined when nothing speaks against it
 */
export function checkRoom(
  { name, size }: File,
  duration: number | null,
  { storageLeft, secondsLimit }: Room,
  t: TFunction<'uploads'>,
): string | undefined {
  if (secondsLimit !== undefined && duration !== null && duration > secondsLimit + SLACK_SECONDS) {
    return t('refused.tooLong', {
      name,
      duration: formatDuration(duration),
      limit: formatDuration(secondsLimit),
    })
  }
  if (storageLeft !== undefined && size > storageLeft) {
    return t('refused.noRoom', {
      name,
      size: formatBytes(size),
      left: formatBytes(Math.max(0, storageLeft)),
    })
  }
  return undefined
}
