import { Alert, Fieldset, Group, Select, Stack, Switch, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { maxSeed } from '../../../../shared/domain'
import { canChangeQuality, qualitySettingsSchema, type QualitySettings } from '../../../../shared/quality'
import { CommitField } from '../../components/fields/CommitField'
import { NumberField } from '../../components/fields/NumberField'
import { useCall } from '../../api/queries'
import { wordsOf } from '../review/panels/RejectPanel'
import classes from './quality.module.css'
import { useQualitySaver } from './qualitySaver'

interface Props {
  readonly reasons: readonly string[]
  /** Whether the share of second reviews gets the focus. */
  readonly atSecondReview?: boolean
}

/** Settings for the quality checks of reviewers' work in the open project. In blind review only the lead can change them. */
export function QualitySettingsForm({ reasons, atSecondReview = false }: Props) {
  const settings = useCall('quality.settings', {}).data
  const reviewer = useCall('app.settings', {}).data?.reviewer
  return (
    settings && reviewer !== undefined && <Form settings={settings} reviewer={reviewer} reasons={reasons} atSecondReview={atSecondReview} />
  )
}

const toPercent = (share: number) => Math.round(share * 1000) / 10

interface FormProps extends Required<Props> {
  readonly settings: QualitySettings
  readonly reviewer: string
}

function Form({ settings, reviewer, reasons, atSecondReview }: FormProps) {
  const { t } = useTranslation()
  const change = useQualitySaver()
  const { secondLook, checks, blind, lead, exportWaiting } = settings
  const changeSecond = (part: Partial<QualitySettings['secondLook']>, isTyping = false) =>
    change({ secondLook: { ...secondLook, ...part } }, isTyping)
  const share = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (!atSecondReview) return
    share.current?.scrollIntoView({ block: 'center' })
    share.current?.focus()
  }, [atSecondReview])
  const isOther = !canChangeQuality(settings, reviewer)
  return (
    <Stack maw={560} mt="lg">
      <Title order={3}>{t('quality.settings.title')}</Title>
      <Text size="sm" c="dimmed">
        {t('quality.settings.hint')}
      </Text>
      {isOther && (
        <Alert variant="default" icon={<IconLock aria-hidden />} title={t('quality.settings.onlyLead', { lead: lead ?? '' })}>
          {t('quality.settings.onlyLeadText', { lead: lead ?? '' })}
        </Alert>
      )}
      <Fieldset variant="unstyled" disabled={isOther} aria-label={t('quality.settings.title')} className={classes.fields}>
        <NumberField
          ref={share}
          data-autofocus={atSecondReview || undefined}
          label={t('quality.settings.share')}
          description={t('quality.settings.shareHint')}
          min={0}
          max={100}
          digits={1}
          value={toPercent(secondLook.share)}
          onValue={(percent) => changeSecond({ share: percent / 100 }, true)}
        />
        <Group gap="lg" role="group" aria-label={t('quality.settings.also')}>
          <Text size="sm">{t('quality.settings.also')}</Text>
          <Switch
            label={t('quality.settings.edited')}
            checked={secondLook.edited}
            onChange={(event) => changeSecond({ edited: event.currentTarget.checked })}
          />
          <Switch
            label={t('quality.settings.flagged')}
            checked={secondLook.flagged}
            onChange={(event) => changeSecond({ flagged: event.currentTarget.checked })}
          />
        </Group>
        <Group grow align="flex-end">
          <Select
            label={t('quality.settings.reason')}
            placeholder={t('quality.settings.noReason')}
            clearable
            value={secondLook.reason}
            data={reasons.map((value) => ({ value, label: wordsOf(value, t) }))}
            onChange={(reason) => changeSecond({ reason })}
          />
          <Select
            label={t('quality.settings.kind')}
            placeholder={t('quality.settings.noKind')}
            clearable
            value={secondLook.kind}
            data={(['conversation', 'detail', 'reasoning'] as const).map((value) => ({ value, label: t(`prompt.kinds.${value}`) }))}
            onChange={(kind) => changeSecond({ kind: qualitySettingsSchema.shape.secondLook.shape.kind.parse(kind) })}
          />
          <NumberField
            label={t('quality.settings.below')}
            min={0.1}
            max={3600}
            digits={1}
            value={secondLook.belowSeconds}
            onValue={(belowSeconds) => changeSecond({ belowSeconds }, true)}
            onEmpty={() => changeSecond({ belowSeconds: null }, true)}
          />
        </Group>
        <Switch
          label={t('quality.settings.exportWaiting')}
          description={t('quality.settings.exportWaitingHint')}
          checked={exportWaiting}
          onChange={(event) => change({ exportWaiting: event.currentTarget.checked })}
        />
        {/* The person who turns it on becomes the lead; otherwise they would lock themselves out. */}
        <Switch
          label={t('quality.settings.blind')}
          description={t('quality.settings.blindHint')}
          checked={blind}
          onChange={(event) => change(event.currentTarget.checked ? { blind: true, lead: reviewer } : { blind: false, lead: null })}
        />
        {blind && (
          <CommitField
            label={t('quality.settings.lead')}
            description={t('quality.settings.leadHint')}
            maxLength={80}
            value={lead ?? ''}
            check={(text) => (text ? null : t('settings.required'))}
            onCommit={(name) => change({ lead: name })}
          />
        )}
        <Group grow align="flex-start">
          <NumberField
            label={t('quality.settings.checks')}
            description={t('quality.settings.checksHint')}
            min={0}
            max={50}
            digits={1}
            value={toPercent(checks.share)}
            onValue={(percent) => change({ checks: { ...checks, share: percent / 100 } }, true)}
          />
          <NumberField
            label={t('quality.settings.seed')}
            min={0}
            max={maxSeed}
            value={checks.seed}
            onValue={(seed) => change({ checks: { ...checks, seed } }, true)}
          />
        </Group>
      </Fieldset>
    </Stack>
  )
}
