import { useTranslation } from 'react-i18next'
import { Notice } from '@/components/feedback/notice'
import { themeVariables } from '@/lib/tenant/apply-theme'
import { isHexColor } from '@/lib/tenant/contrast'

/** Says what becomes of a colour in which text could not be read. */
export function ColorAdvice({ color }: { color: string }) {
  const { t } = useTranslation('settings')
  if (!isHexColor(color)) return null
  const text = themeVariables({ primary_color: color, secondary_color: color })['--brand-strong']
  const fits = text === undefined || text === color.toLowerCase()
  return (
    <Notice tone={fits ? 'success' : 'info'} role="status">
      {fits ? (
        t('branding.readable')
      ) : (
        <>
          {t('branding.darker')}{' '}
          <span className="inline-flex items-center gap-1.5 font-semibold whitespace-nowrap">
            <span
              aria-hidden="true"
              style={{ backgroundColor: text }}
              className="inline-block size-4 rounded border border-edge"
            />
            {text}
          </span>
        </>
      )}
    </Notice>
  )
}
