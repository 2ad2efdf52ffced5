import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { languageChoiceSchema, surroundSchema, textSize, themeSchema } from '../../../../shared/comfort'
import type { AppSettings } from '../../../../shared/contract'
import { formatShare } from '../../format'
import { useTextSize } from '../comfort/textSize'
import { useKeyShortcuts } from '../../app/keys/KeyHint'
import { useSaveSettings } from './useSaveSettings'

/** Settings for the appearance and the language of the window. */
export function AppearanceSettings({ settings }: { readonly settings: AppSettings }) {
  const { t } = useTranslation()
  const { save } = useSaveSettings()
  const size = useTextSize()
  const [larger, smaller] = [useKeyShortcuts('fontLarger'), useKeyShortcuts('fontSmaller')]
  return (
    <Stack maw={560}>
      <Choice label={t('settings.theme')} hint={t('comfort.contrastHint')}>
        {(labelId) => (
          <SegmentedControl
            aria-labelledby={labelId}
            value={settings.theme}
            onChange={(value) => save({ theme: themeSchema.parse(value) })}
            data={themeSchema.options.map((value) => ({
              value,
              label: value === 'contrast' ? t('comfort.contrast') : t(`settings.themes.${value}`),
            }))}
          />
        )}
      </Choice>
      <Choice label={t('settings.surround')} hint={t('settings.surroundHint')}>
        {(labelId) => (
          <SegmentedControl
            aria-labelledby={labelId}
            value={settings.surround}
            onChange={(value) => save({ surround: surroundSchema.parse(value) })}
            data={surroundSchema.options.map((value) => ({ value, label: t(`settings.surrounds.${value}`) }))}
          />
        )}
      </Choice>
      <Choice label={t('comfort.language')}>
        {(labelId) => (
          <SegmentedControl
            aria-labelledby={labelId}
            value={settings.language}
            onChange={(value) => save({ language: languageChoiceSchema.parse(value) })}
            data={languageChoiceSchema.options.map((value) => ({
              value,
              label: <span lang={value === 'system' ? undefined : value}>{t(`comfort.languages.${value}`)}</span>,
            }))}
          />
        )}
      </Choice>
      <Choice label={t('comfort.textSize')}>
        {(labelId) => (
          <Group gap="xs" role="group" aria-labelledby={labelId}>
            <Tooltip label={t('keys.actions.fontSmaller')}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t('keys.actions.fontSmaller')}
                aria-keyshortcuts={smaller}
                aria-disabled={settings.textSize <= textSize.least}
                onClick={size.smaller}
              >
                <IconMinus size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Text miw="3.5rem" ta="center" className="numbers">
              {formatShare(settings.textSize / 100)}
            </Text>
            <Tooltip label={t('keys.actions.fontLarger')}>
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t('keys.actions.fontLarger')}
                aria-keyshortcuts={larger}
                aria-disabled={settings.textSize >= textSize.most}
                onClick={size.larger}
              >
                <IconPlus size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Button variant="default" size="xs" disabled={settings.textSize === textSize.usual} onClick={size.reset}>
              {t('keys.actions.fontReset')}
            </Button>
          </Group>
        )}
      </Choice>
      <Choice label={t('comfort.panes')} hint={t('comfort.panesHint')}>
        {() => (
          <Button variant="default" size="xs" disabled={Object.keys(settings.panes).length === 0} onClick={() => save({ panes: {} })}>
            {t('comfort.resetPanes')}
          </Button>
        )}
      </Choice>
    </Stack>
  )
}

function Choice({
  label,
  hint,
  children,
}: {
  readonly label: string
  readonly hint?: string
  readonly children: (labelId: string) => ReactNode
}) {
  const labelId = useId()
  return (
    <div data-setting={label}>
      <Text size="sm" fw={500} mb={4} id={labelId}>
        {label}
      </Text>
      {children(labelId)}
      {hint && (
        <Text size="xs" c="dimmed" mt={4}>
          {hint}
        </Text>
      )}
    </div>
  )
}
