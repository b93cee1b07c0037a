import { AcademicCapIcon, CheckCircleIcon } from '@heroicons/react/24/outline'
import { type CSSProperties, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { fontStack, loadFont, themeVariables } from '@/lib/tenant/apply-theme'

export interface Look {
  name: string
  logo: string | null
  primary_color: string
  secondary_color: string
  font_family: string
}

/**
 * How the sign-in page and the portal would look. It is a picture: nothing in it can be reached or
 * is read out; what it shows is told by the fields beside it.
 */
export function BrandingPreview({ look }: { look: Look }) {
  const { t } = useTranslation('settings')
  useEffect(() => loadFont(look.font_family), [look.font_family])
  const style = {
    ...themeVariables(look),
    fontFamily: fontStack(look.font_family),
  } as CSSProperties
  return (
    <figure>
      <figcaption className="mb-3 font-bold">{t('branding.preview')}</figcaption>
      <div aria-hidden="true" style={style} className="space-y-5 text-left select-none">
        <div className="grid grid-cols-[2fr_3fr] overflow-hidden rounded-card border border-line">
          <div className="flex flex-col gap-6 bg-(--brand) p-4 text-(--on-brand)">
            <div className="flex items-center gap-2">
              <Mark look={look} />
              <p className="min-w-0 text-sm font-bold wrap-anywhere hyphens-auto">{look.name}</p>
            </div>
            <p className="text-sm font-semibold max-sm:hidden">{t('branding.claim')}</p>
          </div>
          <div className="space-y-2 bg-surface p-4">
            <p className="text-lg font-bold">{t('branding.signIn')}</p>
            <div className="h-8 rounded-lg border border-edge" />
            <div className="h-8 rounded-lg border border-edge" />
            <p className="rounded-lg border border-(--brand-edge) bg-(--brand) py-1.5 text-center text-sm font-semibold text-(--on-brand)">
              {t('branding.signIn')}
            </p>
            <p className="text-sm font-semibold text-(--brand-strong) underline">
              {t('branding.forgot')}
            </p>
          </div>
        </div>
        <div className="overflow-hidden rounded-card border border-line bg-page">
          <div className="border-t-4 border-(--brand)" />
          <div className="flex items-center gap-3 border-b border-line bg-surface px-4 py-2">
            <Mark look={look} />
            <p className="border-b-2 border-(--brand-strong) text-sm font-semibold text-(--brand-strong)">
              {t('branding.courses')}
            </p>
            <p className="text-sm font-semibold text-ink-soft">{t('branding.account')}</p>
          </div>
          <div className="m-4 space-y-3 rounded-card border border-line bg-surface p-4">
            <p className="flex items-center gap-2 font-bold">
              <AcademicCapIcon className="size-6 text-(--brand-strong)" />
              {t('branding.course')}
            </p>
            <div className="h-2.5 overflow-hidden rounded-full bg-line">
              <div className="h-full w-2/3 bg-(--brand-strong)" />
            </div>
            <p className="inline-flex items-center gap-1 rounded-full bg-(--accent) px-2.5 py-0.5 text-sm font-medium text-(--on-accent)">
              <CheckCircleIcon className="size-4" />
              {t('branding.done')}
            </p>
          </div>
        </div>
      </div>
    </figure>
  )
}

function Mark({ look }: { look: Look }) {
  return look.logo ? (
    <img src={look.logo} alt="" className="size-9 shrink-0 rounded-lg bg-white object-contain" />
  ) : (
    <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-(--brand-soft) font-bold text-(--brand-strong)">
      {look.name.trim().charAt(0).toUpperCase()}
    </span>
  )
}
