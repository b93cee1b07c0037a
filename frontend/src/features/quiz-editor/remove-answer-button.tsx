import { TrashIcon } from '@heroicons/react/24/outline'
import { useTranslation } from 'react-i18next'

export function RemoveAnswerButton({ number, onRemove }: { number: number; onRemove: () => void }) {
  const { t } = useTranslation('quiz-editor')
  return (
    <button
      type="button"
      aria-label={t('form.removeOption', { number })}
      onClick={onRemove}
      className="mt-7.5 flex size-11 shrink-0 items-center justify-center rounded-lg text-ink-soft hover:bg-page"
    >
      <TrashIcon aria-hidden="true" className="size-5" />
    </button>
  )
}
