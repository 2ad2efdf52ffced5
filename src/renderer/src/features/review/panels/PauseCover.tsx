import { Button, Text, Title } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../../app/keys/KeyHint'
import { once, useKeyScope } from '../../../app/keys/useActions'
import { useTimeWords } from '../../runs/timeWords'
import classes from '../flow.module.css'
import type { WorkView } from '../work/workSession'

interface Props {
  readonly view: WorkView
  readonly goal: number | undefined
  readonly onGoOn: () => void
}

/** Covers the desk during a pause. As a modal dialog it handles all keys, so the decision keys do not work. */
export function PauseCover({ view, goal, onGoOn }: Props) {
  const { t, i18n } = useTranslation()
  const words = useTimeWords()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  const goOn = once(onGoOn)
  // The pause key resumes, wherever the focus is.
  useKeyScope({
    level: 'dialog',
    actions: { pause: goOn },
    fixedKeys: { Enter: (event) => (event.target === document.body ? goOn(event) : false) },
  })
  const figures = [
    ['decisions', view.decisions.toLocaleString(i18n.language)],
    ['active', words(view.activeMs)],
    ['each', view.secondsEach === null ? t('flow.none') : t('flow.seconds', { value: Math.round(view.secondsEach * 10) / 10 })],
    ['perHour', view.perHour === null ? t('flow.none') : view.perHour.toLocaleString(i18n.language)],
    ['today', goal === undefined ? (view.today ?? 0).toLocaleString(i18n.language) : t('flow.todayOf', { count: view.today ?? 0, goal })],
  ] as const
  return (
    <div className={classes.cover} role="dialog" aria-modal="true" aria-label={t('flow.paused')}>
      <div className={classes.covered}>
        <Title order={2}>{t('flow.paused')}</Title>
        <Text c="dimmed">{t('flow.pausedText')}</Text>
        <dl className={`${classes.figures} numbers`}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`flow.figures.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Button
          ref={button}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          rightSection={<KeyHint action="pause" />}
          onClick={onGoOn}
        >
          {t('flow.goOn')}
        </Button>
      </div>
    </div>
  )
}
