import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import type { Reach } from './mend'

/** Whom mending a question would reach, in sentences. */
export function ReachSentence({ reach }: { reach: Reach }) {
  const { t } = useTranslation('mending')
  const { people, scores_raised: raised, newly_passed: passed, newly_graded: graded } = reach
  if (people === 0) return <Notice tone="info">{t('reach.nobody')}</Notice>
  return (
    <Notice tone="info">
      <p>{t('reach.people', { count: people })}</p>
      <p>
        {raised === 0 ? t('reach.raisedNobody') : t('reach.raised', { count: raised })}{' '}
        {graded > 0 && t('reach.graded', { count: graded })}{' '}
        {passed > 0 && t('reach.passed', { count: passed })}
      </p>
      <p className="mt-1 font-semibold">{t('reach.safe')}</p>
    </Notice>
  )
}
