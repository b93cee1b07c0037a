import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { FileDrop } from '@/components/ui/file-drop'
import { Select } from '@/components/ui/select'
import { Spinner } from '@/components/ui/spinner'
import { formatBytes, formatDuration } from '@/lib/format'
import { roomQuery } from './queries'
import { languageOptions } from './spoken-languages'
import { startUpload, uploadStore } from './upload-store'
import { checkRoom, MAX_VIDEO_BYTES, readDuration, type Room, VIDEO_TYPES } from './video-file'

export interface DropzoneProps {
  courseId: string
  moduleId: string
  /** Called for each video as soon as the server has it, while this is on the screen. */
  onCreated?: (contentId: string) => void
  /** The content whose place the new video takes. Then it is one file only. */
  replaces?: { contentId: string; title: string }
  /** Called when the files are on their way. */
  onStarted?: () => void
}

export function Dropzone({ courseId, moduleId, onCreated, replaces, onStarted }: DropzoneProps) {
  const { t, i18n } = useTranslation('uploads')
  const [language, setLanguage] = useState('')
  const [checking, setChecking] = useState<string | null>(null)
  const [refusals, setRefusals] = useState<string[]>([])
  const [started, setStarted] = useState<{ id: string; name: string }[]>([])
  const stats = useQuery(roomQuery)
  const room: Room = {
    storageLeft: stats.data && stats.data.storage.limit_bytes - stats.data.storage.used_bytes,
    secondsLimit: stats.data?.video_seconds_limit,
  }
  useCreated(started, onCreated)

  const take = async (files: File[]) => {
    setRefusals([])
    const [refused, sent]: [string[], typeof started] = [[], []]
    let left = room.storageLeft
    for (const file of files) {
      setChecking(file.name)
      // One after the other: each opens a whole video.
      // oxlint-disable-next-line no-await-in-loop
      const problem = checkRoom(file, await readDuration(file), { ...room, storageLeft: left }, t)
      if (problem) {
        refused.push(problem)
        continue
      }
      if (left !== undefined) left -= file.size
      const id = startUpload({
        file,
        courseId,
        moduleId,
        language: language || undefined,
        title: replaces?.title,
        replaces: replaces?.contentId,
      })
      sent.push({ id, name: file.name })
    }
    setChecking(null)
    setRefusals(refused)
    setStarted(sent)
    if (sent.length > 0) onStarted?.()
  }

  return (
    <div className="space-y-4">
      <Select
        label={t('drop.language')}
        hint={t('drop.languageHint')}
        options={languageOptions(t('drop.detect'), i18n.resolvedLanguage)}
        value={language}
        onChange={setLanguage}
        className="max-w-sm"
      />
      <FileDrop
        label={replaces ? t('drop.replaceLabel') : t('drop.label')}
        hint={t('drop.hint')}
        accept={VIDEO_TYPES}
        acceptLabel={t('drop.types')}
        maxBytes={MAX_VIDEO_BYTES}
        multiple={!replaces}
        onFiles={(files) => void take(files)}
      />
      <RoomLine room={room} />
      <div role="status">
        {checking !== null && (
          <p className="flex items-center gap-2 text-ink-soft">
            <Spinner className="size-5" />
            {t('drop.checking', { name: checking })}
          </p>
        )}
        {checking === null && started.length > 0 && (
          <Notice tone="info">
            {t('drop.started', {
              count: started.length,
              names: new Intl.ListFormat(i18n.resolvedLanguage).format(
                started.map(({ name }) => name),
              ),
            })}
          </Notice>
        )}
      </div>
      {refusals.length > 0 && (
        <Notice tone="danger" role="alert">
          {refusals.map((refusal) => (
            <p key={refusal}>{refusal}</p>
          ))}
        </Notice>
      )}
    </div>
  )
}

function RoomLine({ room: { storageLeft, secondsLimit } }: { room: Room }) {
  const { t } = useTranslation('uploads')
  if (storageLeft === undefined) return null
  const left = formatBytes(Math.max(0, storageLeft))
  return (
    <p className="text-sm text-ink-soft">
      {secondsLimit === undefined
        ? t('drop.roomOnly', { left })
        : t('drop.room', { left, limit: formatDuration(secondsLimit) })}
    </p>
  )
}

function useCreated(started: { id: string }[], onCreated: DropzoneProps['onCreated']): void {
  const tell = useEffectEvent((contentId: string) => onCreated?.(contentId))
  useEffect(() => {
    const told = new Set<string>()
    const look = () => {
      for (const { id, phase } of uploadStore.getState().uploads) {
        const isOurs = started.some((each) => each.id === id)
        if (phase.kind !== 'done' || !isOurs || told.has(id)) continue
        told.add(id)
        tell(phase.contentId)
      }
    }
    look()
    return uploadStore.subscribe(look)
  }, [started])
}
