import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { type Guideline, maxGuidelineLetters } from '../../../../shared/domain/project'
import { LazyMarkdown } from '../../components/text/LazyMarkdown'
import { showDone } from '../../components/showProblem'
import { useCallMutation } from '../../api/queries'
import classes from './Guidelines.module.css'
import { guidelinesDraft } from './guidelinesDraft'
import { versionWords } from './versionWords'

interface Props {
  readonly current: Guideline
}

/** Editor of the current text next to a preview of what reviewers will see. */
export function GuidelinesEditor({ current }: Props) {
  const { t } = useTranslation()
  const typed = guidelinesDraft.use((draft) => draft.text)
  const save = useCallMutation('guidelines.save', {
    onSuccess: (saved) => {
      guidelinesDraft.reset()
      showDone(t('guidelines.saved', { version: saved.version }))
    },
  })
  const text = typed ?? current.body
  const shown = useDeferredValue(text)
  const changed = text.trim() !== current.body.trim()
  const tooLong = text.trim().length > maxGuidelineLetters
  const savable = changed && !tooLong && text.trim() !== '' && !save.isPending
  const keep = () => {
    if (savable) save.mutate({ body: text.trim() })
  }
  return (
    <Stack gap="sm">
      <div className={classes.sides}>
        <Textarea
          label={t('guidelines.text')}
          description={t('guidelines.textHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          classNames={{ input: classes.field }}
          styles={{ input: { height: 440 } }}
          spellCheck={false}
          value={text}
          error={tooLong ? t('guidelines.tooLong', { count: maxGuidelineLetters }) : null}
          onChange={(event) => guidelinesDraft.set({ text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
            event.preventDefault()
            keep()
          }}
        />
        <Stack gap={0}>
          <p className={classes.label} aria-hidden>
            {t('guidelines.preview')}
          </p>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a place that scrolls must be reached by key */}
          <section className={classes.preview} aria-label={t('guidelines.preview')} tabIndex={0}>
            <LazyMarkdown text={shown} />
          </section>
        </Stack>
      </div>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          {changed ? t('guidelines.unsaved') : `${t('guidelines.same')} ${versionWords(current, t)}`}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {changed && (
            <Button variant="subtle" color="gray" onClick={guidelinesDraft.reset}>
              {t('guidelines.discard')}
            </Button>
          )}
          <Button disabled={!savable} loading={save.isPending} onClick={keep}>
            {t('guidelines.save')}
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}
