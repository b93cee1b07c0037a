import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { Avatar } from '@/components/ui/avatar'
import { FileDrop } from '@/components/ui/file-drop'
import { Spinner } from '@/components/ui/spinner'
import { describeError } from '@/lib/api/describe-error'
import { uploadProfilePicture, type User } from '@/lib/api/operations'
import { displayName } from '@/lib/auth/roles'
import { sessionStore } from '@/lib/auth/session-store'
import { showToast } from '@/lib/toasts'

/** As the API takes it; it makes the picture smaller by itself. */
const MAX_BYTES = 5 * 1024 ** 2
const ACCEPT = ['image/png', 'image/jpeg', 'image/webp']

export function PhotoForm({ user }: { user: User }) {
  const { t } = useTranslation('account')
  const { t: tCommon } = useTranslation()
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  const send = async (file: File) => {
    setFailure(null)
    setSending(true)
    try {
      const { data } = await uploadProfilePicture({ body: { file } })
      sessionStore.setState({ user: { ...user, profile_picture_url: data.url } })
      showToast(t('photo.saved'))
    } catch (error) {
      setFailure(error)
    } finally {
      setSending(false)
    }
  }
  return (
    <div className="mb-6">
      {failure !== null && (
        <Notice tone="danger" role="alert" className="mb-4">
          <strong>{t('photo.notSaved')}</strong> {describeError(failure, tCommon)}
        </Notice>
      )}
      <div className="flex flex-wrap items-start gap-5">
        <div className="relative">
          <Avatar name={displayName(user)} src={user.profile_picture_url} size="large" />
          {isSending && (
            <Spinner className="absolute inset-0 m-auto size-10 rounded-full bg-surface p-1" />
          )}
        </div>
        <FileDrop
          label={t('photo.label')}
          hint={t('photo.hint')}
          accept={ACCEPT}
          acceptLabel="PNG, JPEG, WebP"
          maxBytes={MAX_BYTES}
          disabled={isSending}
          onFiles={([file]) => {
            if (file) void send(file)
          }}
          className="min-w-0 flex-1 basis-60"
        />
      </div>
      <p role="status" className="sr-only">
        {isSending ? t('photo.sending') : ''}
      </p>
    </div>
  )
}
