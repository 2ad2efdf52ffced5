import { Select, Switch, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { exemplarPolicySchema, maxSeed, type ExemplarPolicy, type GenerationSettings } from '../../../../shared/domain'
import { NumberField } from '../../components/fields/NumberField'
import classes from './Prompt.module.css'

interface Props {
  readonly settings: GenerationSettings
  readonly onChange: (settings: GenerationSettings) => void
}

/** Form for the generation settings: pairs, sampling, the image, and the exemplars of a prompt. */
export function GenerationFields({ settings, onChange }: Props) {
  const { t } = useTranslation()
  const change = (part: Partial<GenerationSettings>) => onChange({ ...settings, ...part })
  const changePolicy = (part: Partial<ExemplarPolicy>) => change({ exemplars: { ...settings.exemplars, ...part } })
  const { count, fill, seed, tokenBudget } = settings.exemplars
  return (
    <section aria-labelledby="generation-title">
      <Title order={2} id="generation-title" mb="xs">
        {t('prompt.settings')}
      </Title>
      <div className={classes.settings}>
        <NumberField
          label={t('prompt.pairsPerItem')}
          value={settings.pairsPerItem}
          min={1}
          max={20}
          onValue={(pairsPerItem) => change({ pairsPerItem })}
        />
        <NumberField
          label={t('prompt.temperature')}
          value={settings.temperature}
          min={0}
          max={2}
          step={0.1}
          digits={2}
          onValue={(temperature) => change({ temperature })}
        />
        <NumberField
          label={t('prompt.topP')}
          value={settings.topP}
          min={0.01}
          max={1}
          step={0.05}
          digits={2}
          onValue={(topP) => change({ topP })}
        />
        <NumberField
          label={t('prompt.maxTokens')}
          value={settings.maxTokens}
          min={16}
          max={100_000}
          step={100}
          onValue={(maxTokens) => change({ maxTokens })}
        />
        <NumberField label={t('prompt.exemplarCount')} value={count} min={0} max={50} onValue={(next) => changePolicy({ count: next })} />
        <Select
          label={t('prompt.exemplarFill')}
          value={fill}
          allowDeselect={false}
          data={exemplarPolicySchema.shape.fill.options.map((value) => ({ value, label: t(`prompt.fills.${value}`) }))}
          onChange={(value) => changePolicy({ fill: exemplarPolicySchema.shape.fill.parse(value) })}
        />
        {fill === 'random' && (
          <NumberField
            label={t('prompt.exemplarSeed')}
            value={seed}
            min={0}
            max={maxSeed}
            onValue={(next) => changePolicy({ seed: next })}
          />
        )}
        {tokenBudget !== null && (
          <NumberField
            label={t('prompt.exemplarBudgetTokens')}
            description={t('prompt.exemplarBudgetHint')}
            value={tokenBudget}
            min={1}
            max={1_000_000}
            step={100}
            onValue={(next) => changePolicy({ tokenBudget: next })}
          />
        )}
      </div>
      <Switch
        mt="md"
        label={t('prompt.exemplarBudget')}
        checked={tokenBudget !== null}
        onChange={(event) => changePolicy({ tokenBudget: event.currentTarget.checked ? 2000 : null })}
      />
      <Switch
        mt="sm"
        label={t('prompt.attachImage')}
        checked={settings.attachImage}
        onChange={(event) => change({ attachImage: event.currentTarget.checked })}
      />
    </section>
  )
}
