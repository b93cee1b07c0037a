import { useEffect, useRef, useState } from 'react'
import { sendFile } from '@/lib/api/send-file'

interface FileUpload<Uploaded> {
  /** What is on its way; null when nothing is. */
  sending: { name: string; percent: number } | null
  /** What the last one failed with. */
  error: unknown
  /** @returns undefined when it failed or was cancelled */
  send: (file: File) => Promise<Uploaded | undefined>
  cancel: () => void
}

const isCancelled = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

/** Sends one file at a time and follows it. Leaving the page cancels it. */
export function useFileUpload<Uploaded>(url: string): FileUpload<Uploaded> {
  const [sending, setSending] = useState<FileUpload<Uploaded>['sending']>(null)
  const [error, setError] = useState<unknown>(null)
  const controller = useRef<AbortController>(undefined)
  useEffect(() => () => controller.current?.abort(), [])
  return {
    sending,
    error,
    send: async (file) => {
      const { name } = file
      controller.current?.abort()
      const own = new AbortController()
      controller.current = own
      setError(null)
      setSending({ name, percent: 0 })
      try {
        return await sendFile<Uploaded>(url, file, {
          signal: own.signal,
          onProgress: (percent) => setSending({ name, percent }),
        })
      } catch (failure) {
        if (!isCancelled(failure)) setError(failure)
        return undefined
      } finally {
        if (controller.current === own) setSending(null)
      }
    },
    cancel: () => controller.current?.abort(),
  }
}
