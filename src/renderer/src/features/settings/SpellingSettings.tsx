import { Switch, TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { knownWordSchema } from '../../../../shared/text/spelling'
import { useCall, useCallMutation } from '../../api/queries'

interface Props {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

/** Switch for the spell check, and the list of the project's words. */
export function SpellingSettings({ on, onChange }: Props) {
  const { t } = useTranslation()
  const words = useCall('spelling.words', {}).data ?? []
  const add = useCallMutation('spelling.addWord').mutate
  const remove = useCallMutation('spelling.removeWord').mutate
  return (
    <>
      <Switch
        label={t('spelling.setting')}
        description={t('spelling.settingHint')}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {on && (
        <TagsInput
          label={t('spelling.words')}
          description={t('spelling.wordsHint')}
          value={words}
          maxLength={60}
          clearable={false}
          acceptValueOnBlur
          onChange={(wanted) => {
            for (const word of wanted) if (!words.includes(word) && knownWordSchema.safeParse(word).success) add({ word: word.trim() })
            for (const word of words) if (!wanted.includes(word)) remove({ word })
          }}
        />
      )}
    </>
  )
}
