import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconPlugConnected } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultProviderSettings, providerSettingsSchema, type ProviderSettings } from '../../../../shared/domain'
import { CommitField } from '../../components/fields/CommitField'
import { NumberField } from '../../components/fields/NumberField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCallMutation } from '../../api/queries'
import { KeyField } from './KeyField'
import { useSaveSettings } from './useSaveSettings'

const choices = ['demo', 'openai', 'compatible'] as const
type Choice = (typeof choices)[number]

const choiceOf = ({ kind, baseUrl }: ProviderSettings): Choice =>
  kind === 'demo' ? 'demo' : baseUrl === defaultProviderSettings.baseUrl ? 'openai' : 'compatible'

/** Who drafts: the demo generator, OpenAI, or a server at another address. */
export function ProviderSettingsForm({ provider }: { readonly provider: ProviderSettings }) {
  const { t } = useTranslation()
  const { save, read } = useSaveSettings()
  const label = useId()
  // "Another address" is known only once the address has been entered.
  const [choice, setChoice] = useState<Choice>(choiceOf(provider))
  const test = useCallMutation('app.testProvider', { onError: () => undefined }) // shown below the button
  const change = (part: Partial<ProviderSettings>) => {
    test.reset()
    save((settings) => ({ provider: { ...settings.provider, ...part } }))
  }
  const choose = (next: Choice) => {
    setChoice(next)
    if (next === 'demo') change({ kind: 'demo' })
    else if (next === 'openai') change({ kind: 'openai', baseUrl: defaultProviderSettings.baseUrl })
    else change({ kind: 'openai' })
  }
  return (
    <Stack maw={560}>
      <div>
        <Text size="sm" fw={500} mb={4} id={label}>
          {t('settings.provider')}
        </Text>
        <SegmentedControl
          aria-labelledby={label}
          value={choice}
          onChange={(value) => choose(choices.find((known) => known === value) ?? 'demo')}
          data={choices.map((value) => ({ value, label: t(`settings.providers.${value}`) }))}
        />
        <Text size="sm" c="dimmed" mt={4}>
          {t(`settings.providerHints.${choice}`)}
        </Text>
      </div>
      {choice === 'compatible' && (
        <CommitField
          label={t('settings.baseUrl')}
          description={t('settings.baseUrlHint')}
          type="url"
          value={provider.baseUrl}
          check={(text) => (providerSettingsSchema.shape.baseUrl.safeParse(text).success ? null : t('settings.baseUrlWrong'))}
          onCommit={(baseUrl) => change({ baseUrl })}
        />
      )}
      {choice !== 'demo' && (
        <>
          <CommitField
            label={t('settings.model')}
            value={provider.model}
            check={(text) => (text ? null : t('settings.required'))}
            onCommit={(model) => change({ model })}
          />
          <CommitField
            label={t('settings.embeddingModel')}
            description={t('settings.embeddingModelHint')}
            value={provider.embeddingModel ?? ''}
            check={() => null}
            onCommit={(model) => change({ embeddingModel: model || null })}
          />
          <KeyField local={choice === 'compatible'} />
        </>
      )}
      <Group grow align="flex-start">
        <NumberField
          label={t('settings.concurrency')}
          value={provider.concurrency}
          min={1}
          max={64}
          onValue={(concurrency) => change({ concurrency })}
        />
        <NumberField
          label={t('settings.timeout')}
          value={provider.timeoutMs / 1000}
          min={1}
          max={1800}
          onValue={(seconds) => change({ timeoutMs: seconds * 1000 })}
        />
        {choice !== 'demo' && (
          <NumberField
            label={t('settings.maxReply')}
            value={provider.maxReplyMb}
            min={1}
            max={1024}
            onValue={(maxReplyMb) => change({ maxReplyMb })}
          />
        )}
        <NumberField
          label={t('settings.maxFailures')}
          value={provider.maxFailures}
          min={1}
          max={1000}
          onValue={(maxFailures) => change({ maxFailures })}
        />
      </Group>
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={18} aria-hidden />}
          loading={test.isPending}
          onClick={() => test.mutate(read()?.provider ?? provider)}
        >
          {t('settings.test')}
        </Button>
        <Group gap="xs" role="status">
          {test.data && (
            <>
              <IconCircleCheck size={18} color="var(--verdict-accepted)" aria-hidden />
              <Text size="sm">{t('settings.testOk', { model: test.data.model, milliseconds: Math.round(test.data.milliseconds) })}</Text>
            </>
          )}
        </Group>
      </Group>
      {test.error && <ProblemNotice error={test.error} />}
    </Stack>
  )
}
