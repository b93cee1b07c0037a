import { ArrowTopRightOnSquareIcon } from '@heroicons/react/20/solid'
import { useTranslation } from 'react-i18next'
import { schoolAddress, schoolHost } from '@/lib/tenant/school-address'

/** A school's address, which opens its sign-in page in a tab of its own. */
export function AddressLink({ subdomain }: { subdomain: string }) {
  const { t } = useTranslation('schools')
  return (
    <a
      href={schoolAddress(subdomain)}
      target="_blank"
      rel="noopener noreferrer"
      className="inline-flex min-h-8 items-center gap-1 font-normal break-all text-ink-soft underline underline-offset-4"
    >
      {schoolHost(subdomain)}
      <ArrowTopRightOnSquareIcon aria-hidden="true" className="size-4 shrink-0" />
      <span className="sr-only"> {t('newTab')}</span>
    </a>
  )
}
