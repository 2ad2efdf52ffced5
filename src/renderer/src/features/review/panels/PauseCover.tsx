import { Button, Text, Title } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../../app/keys/KeyHint'
import { actionFor } from '../../../app/keys/actionFor'
import { useKeymap } from '../../../app/keys/useActions'
import { useTimeWords } from '../../runs/timeWords'
import classes from '../flow.module.css'
import type { WorkView } from '../session/workSession'

interface Props {
  readonly view: WorkView
  readonly goal: number | undefined
  readonly onGoOn: () => void
}

/** Lies over the desk while the reviewer rests. As a modal dialog it takes all keys: those that decide are dead. */
export function PauseCover({ view, goal, onGoOn }: Props) {
  const { t, i18n } = useTranslation()
  const words = useTimeWords()
  const keymap = useKeymap()
  const button = useRef<HTMLButtonElement>(null)
  const latest = useRef({ keymap, onGoOn })
  useLayoutEffect(() => {
    latest.current = { keymap, onGoOn }
  })
  useEffect(() => {
    button.current?.focus()
    // Wherever the focus is, the key that paused goes on; the very press that paused is not heard here.
    const press = (event: KeyboardEvent) => {
      const free = event.target === document.body || event.target === button.current
      const goesOn = actionFor(event, latest.current.keymap) === 'pause' || (event.key === 'Enter' && free)
      if (!goesOn || event.repeat || event.defaultPrevented) return
      event.preventDefault()
      latest.current.onGoOn()
    }
    const timer = setTimeout(() => window.addEventListener('keydown', press))
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', press)
    }
  }, [])
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
