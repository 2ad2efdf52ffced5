import { Button, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconPlugConnected } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppSettings } from '../../../../shared/contract'
import { defaultProviderSettings, providerSettingsSchema, type ProviderSettings } from '../../../../shared/domain'
import { activeProfileOf } from '../../../../shared/profiles'
import { CommitField } from '../../components/fields/CommitField'
import { NumberField } from '../../components/fields/NumberField'
import { ProblemNotice } from '../../components/ProblemNotice'
import { useCallMutation } from '../../api/queries'
import { KeyField } from './KeyField'
import { LocalServers } from './LocalServers'
import { ModelField } from './ModelField'
import { ProfileFields } from './ProfileFields'
import classes from './Settings.module.css'
import { useSaveSettings } from './useSaveSettings'

const formats = ['auto', 'json_schema', 'json_object', 'none'] as const
const choices = ['demo', 'openai', 'compatible'] as const
type Choice = (typeof choices)[number]

const choiceOf = ({ kind, baseUrl }: ProviderSettings): Choice =>
  kind === 'demo' ? 'demo' : baseUrl === defaultProviderSettings.baseUrl ? 'openai' : 'compatible'

/** The profiles and the provider of the active one: the demo generator, OpenAI, or a server at another address. */
export function ProviderSettingsForm({ settings }: { readonly settings: AppSettings }) {
  return (
    <Stack maw={640}>
      <ProfileFields settings={settings} />
      <LocalServers />
      <ProviderFields key={activeProfileOf(settings).id} provider={settings.provider} />
    </Stack>
  )
}

function ProviderFields({ provider }: { readonly provider: ProviderSettings }) {
  const { t } = useTranslation()
  const { save, read } = useSaveSettings()
  const label = useId()
  // "Another address" is only recognized once the address has been entered.
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
  const { prices } = provider
  const price = (name: 'input' | 'output', other: 'input' | 'output') => (
    <NumberField
      label={t(`profiles.${name}Price`)}
      value={prices?.[name] ?? null}
      min={0}
      max={10_000}
      step={0.1}
      digits={4}
      onValue={(value) => change({ prices: { input: 0, output: 0, [other]: prices?.[other] ?? 0, [name]: value } })}
      onEmpty={() => change({ prices: null })}
    />
  )
  return (
    <>
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
          <KeyField local={choice === 'compatible'} />
          <ModelField
            label={t('settings.model')}
            value={provider.model}
            provider={provider}
            kind="chat"
            isRequired
            onCommit={(model) => change({ model })}
          />
          <ModelField
            label={t('settings.embeddingModel')}
            description={t('settings.embeddingModelHint')}
            value={provider.embeddingModel ?? ''}
            provider={provider}
            kind="embedding"
            isRequired={false}
            onCommit={(model) => change({ embeddingModel: model || null })}
          />
          <Select
            label={t('profiles.structuredOutput')}
            description={t('profiles.structuredOutputHint')}
            data={formats.map((value) => ({ value, label: t(`profiles.structured.${value}`) }))}
            value={provider.structuredOutput}
            allowDeselect={false}
            onChange={(value) => change({ structuredOutput: formats.find((known) => known === value) ?? 'auto' })}
          />
          <div>
            <div className={classes.fields}>
              {price('input', 'output')}
              {price('output', 'input')}
            </div>
            <Text size="xs" c="dimmed" mt={4}>
              {t('profiles.pricesHint')}
            </Text>
          </div>
        </>
      )}
      <div className={classes.fields}>
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
      </div>
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
    </>
  )
}
