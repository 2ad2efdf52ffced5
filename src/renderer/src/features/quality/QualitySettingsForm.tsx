import { Button, Group, NumberInput, Select, Stack, Switch, Text, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { qualitySettingsSchema, type QualitySettings } from '../../../../shared/quality'
import { callKey, useCall, useCallMutation } from '../../queries'
import { wordsOf } from '../review/RejectPanel'

/** How the open project looks after the quality of its reviewers' work. Saved at once, since a change goes through all decided pairs. */
export function QualitySettingsForm({ reasons }: { readonly reasons: readonly string[] }) {
  const saved = useCall('quality.settings', {}).data
  const [told, setTold] = useState(false)
  return saved && <Form key={JSON.stringify(saved)} saved={saved} reasons={reasons} told={told} onSave={() => setTold(true)} />
}

const numberOf = (value: number | string): number | null => (typeof value === 'number' ? value : null)

interface FormProps {
  readonly saved: QualitySettings
  readonly reasons: readonly string[]
  /** it has been saved since it was opened */
  readonly told: boolean
  readonly onSave: () => void
}

function Form({ saved, reasons, told, onSave }: FormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [typed, setTyped] = useState(saved)
  const { mutate, isPending } = useCallMutation('quality.saveSettings', {
    reread: ['quality.counts', 'quality.look', 'candidate.get'],
    onSuccess: (changed) => client.setQueryData(callKey('quality.settings', {}), changed),
  })
  const { secondLook, checks, blind, lead, exportWaiting } = typed
  const { reviewer = '' } = useCall('app.settings', {}).data ?? {}
  const set = (part: Partial<QualitySettings>) => setTyped({ ...typed, ...part })
  const setLook = (part: Partial<QualitySettings['secondLook']>) => set({ secondLook: { ...secondLook, ...part } })
  const percent = (share: number) => Math.round(share * 1000) / 10
  const isChanged = JSON.stringify(typed) !== JSON.stringify(saved)
  return (
    <Stack
      component="form"
      maw={560}
      mt="lg"
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
        mutate(typed)
      }}
    >
      <Title order={3}>{t('quality.settings.title')}</Title>
      <Text size="sm" c="dimmed">
        {t('quality.settings.hint')}
      </Text>
      <NumberInput
        label={t('quality.settings.share')}
        description={t('quality.settings.shareHint')}
        min={0}
        max={100}
        decimalScale={1}
        value={percent(secondLook.share)}
        onChange={(value) => setLook({ share: (numberOf(value) ?? 0) / 100 })}
      />
      <Group gap="lg" role="group" aria-label={t('quality.settings.also')}>
        <Text size="sm">{t('quality.settings.also')}</Text>
        <Switch
          label={t('quality.settings.edited')}
          checked={secondLook.edited}
          onChange={(event) => setLook({ edited: event.currentTarget.checked })}
        />
        <Switch
          label={t('quality.settings.flagged')}
          checked={secondLook.flagged}
          onChange={(event) => setLook({ flagged: event.currentTarget.checked })}
        />
      </Group>
      <Group grow align="flex-end">
        <Select
          label={t('quality.settings.reason')}
          placeholder={t('quality.settings.noReason')}
          clearable
          value={secondLook.reason}
          data={reasons.map((value) => ({ value, label: wordsOf(value, t) }))}
          onChange={(reason) => setLook({ reason })}
        />
        <Select
          label={t('quality.settings.kind')}
          placeholder={t('quality.settings.noKind')}
          clearable
          value={secondLook.kind}
          data={(['conversation', 'detail', 'reasoning'] as const).map((value) => ({ value, label: t(`prompt.kinds.${value}`) }))}
          onChange={(kind) => setLook({ kind: qualitySettingsSchema.shape.secondLook.shape.kind.parse(kind) })}
        />
        <NumberInput
          label={t('quality.settings.below')}
          min={0.1}
          max={3600}
          decimalScale={1}
          value={secondLook.belowSeconds ?? ''}
          onChange={(value) => setLook({ belowSeconds: numberOf(value) })}
        />
      </Group>
      <Switch
        label={t('quality.settings.exportWaiting')}
        description={t('quality.settings.exportWaitingHint')}
        checked={exportWaiting}
        onChange={(event) => set({ exportWaiting: event.currentTarget.checked })}
      />
      <Switch
        label={t('quality.settings.blind')}
        description={t('quality.settings.blindHint')}
        checked={blind}
        onChange={(event) => set({ blind: event.currentTarget.checked })}
      />
      {blind && (
        <TextInput
          label={t('quality.settings.lead')}
          description={t('quality.settings.leadHint')}
          maxLength={80}
          value={lead ?? reviewer}
          onChange={(event) => set({ lead: event.currentTarget.value || null })}
        />
      )}
      <Group grow align="flex-start">
        <NumberInput
          label={t('quality.settings.checks')}
          description={t('quality.settings.checksHint')}
          min={0}
          max={50}
          decimalScale={1}
          value={percent(checks.share)}
          onChange={(value) => set({ checks: { ...checks, share: (numberOf(value) ?? 0) / 100 } })}
        />
        <NumberInput
          label={t('quality.settings.seed')}
          min={0}
          max={2 ** 31 - 1}
          allowDecimal={false}
          value={checks.seed}
          onChange={(value) => set({ checks: { ...checks, seed: numberOf(value) ?? 0 } })}
        />
      </Group>
      <Group>
        <Button type="submit" loading={isPending} disabled={!isChanged}>
          {t('quality.settings.save')}
        </Button>
        <output aria-live="polite">{told && !isChanged && !isPending && <Text size="sm">{t('quality.settings.saved')}</Text>}</output>
      </Group>
    </Stack>
  )
}
