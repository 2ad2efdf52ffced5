import { Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { memo, useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decision, UsedExemplar } from '../../../../../shared/domain'
import { reasonWords } from './RejectPanel'
import classes from '../review.module.css'
import { ShownText } from '../../../components/text/ShownText'

/** A part below the pair that opens and closes; what is closed is not drawn. */
export function Section({
  title,
  hint,
  open,
  onToggle,
  children,
}: {
  readonly title: string
  readonly hint?: ReactNode
  readonly open: boolean
  readonly onToggle: () => void
  readonly children: ReactNode
}) {
  const id = useId()
  const section = useRef<HTMLElement>(null)
  const wasOpen = useRef(open)
  useEffect(() => {
    if (open && !wasOpen.current) section.current?.scrollIntoView({ block: 'start' })
    wasOpen.current = open
  }, [open])
  return (
    <section ref={section} className={classes.section}>
      <h2 className={classes.sectionTitle}>
        <UnstyledButton className={classes.sectionButton} aria-expanded={open} aria-controls={id} onClick={onToggle}>
          <IconChevronRight size={16} className={classes.chevron} aria-hidden />
          {title}
          {hint}
        </UnstyledButton>
      </h2>
      <div id={id} className={classes.sectionBody} hidden={!open}>
        {open && children}
      </div>
    </section>
  )
}

/** The exemplars that stood in the prompt which drafted the pair, in its order. */
export const UsedExemplars = memo(function UsedExemplars({ exemplars }: { readonly exemplars: readonly UsedExemplar[] }) {
  const { t, i18n } = useTranslation()
  const [open, setOpen] = useState(false)
  const count = <span className={`${classes.quiet} numbers`}>{exemplars.length.toLocaleString(i18n.language)}</span>
  return (
    <Section title={t('review.exemplars')} hint={count} open={open} onToggle={() => setOpen(!open)}>
      {exemplars.length === 0 && <Text size="sm">{t('review.noExemplars')}</Text>}
      <ol className={classes.values}>
        {exemplars.map((exemplar) => (
          <li key={exemplar.candidateId}>
            <span className={`${classes.quiet} verbatim`}>
              <ShownText text={t('review.item', { item: exemplar.itemSourceId })} />
            </span>
            <p className={`${classes.exemplarText} verbatim`}>
              <ShownText text={exemplar.instruction} />
            </p>
            <p className={`${classes.exemplarText} verbatim`}>
              <ShownText text={exemplar.response} />
            </p>
          </li>
        ))}
      </ol>
    </Section>
  )
})

/** Everything that was decided on the pair, last first. */
export const History = memo(function History({ decisions }: { readonly decisions: readonly Decision[] }) {
  const { t, i18n } = useTranslation()
  const [open, setOpen] = useState(false)
  const count = <span className={`${classes.quiet} numbers`}>{decisions.length.toLocaleString(i18n.language)}</span>
  return (
    <Section title={t('review.history')} hint={count} open={open} onToggle={() => setOpen(!open)}>
      {decisions.length === 0 && <Text size="sm">{t('review.noHistory')}</Text>}
      <ul className={classes.values}>
        {decisions.toReversed().map((decision) => (
          <li key={decision.id} className="verbatim">
            {[
              decision.kind === 'decide' ? '' : t(`review.decisionKind.${decision.kind}`),
              decision.moved && decision.change === null && decision.before === decision.after
                ? t('editing.movedTo', { place: decision.moved.to + 1 })
                : t(`review.decision.${decision.verdict}`),
              reasonWords(decision.reason, t),
              decision.reviewer,
              new Date(decision.decidedAt).toLocaleString(i18n.language),
              decision.seconds === null ? '' : t('review.seconds', { count: Math.round(decision.seconds) }),
              decision.guidelineVersion ? t('guidelines.decidedUnder', { version: decision.guidelineVersion }) : '',
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </Section>
  )
})
