import { Radio, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { anyFormatSchema, type AnyFormat } from '../../../../shared/domain'
import classes from './Export.module.css'

interface Props {
  readonly format: AnyFormat
  readonly onChoose: (format: AnyFormat) => void
}

/** The group of each format, in the order of the screen. */
const groupOf: Readonly<Record<AnyFormat, 'whole' | 'frameworks' | 'sets'>> = {
  'mimic-it': 'whole',
  jsonl: 'whole',
  csv: 'whole',
  syphus: 'whole',
  llava: 'frameworks',
  qwen: 'frameworks',
  internvl: 'frameworks',
  llamafactory: 'frameworks',
  'ms-swift': 'frameworks',
  trl: 'frameworks',
  axolotl: 'frameworks',
  alpaca: 'frameworks',
  chat: 'frameworks',
  'hugging-face': 'sets',
  webdataset: 'sets',
}
const groups = Map.groupBy(Object.keys(groupOf) as AnyFormat[], (format) => groupOf[format])

/** All formats by purpose; the contents and the readers of the selected format are shown below the list. */
export function FormatList({ format, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <Radio.Group label={t('export.format')} value={format} onChange={(value) => onChoose(anyFormatSchema.parse(value))}>
      {[...groups].map(([group, options]) => (
        <div key={group} role="group" aria-labelledby={`export-${group}`} className={classes.formats}>
          <Text size="xs" c="dimmed" id={`export-${group}`}>
            {t(`export.groups.${group}`)}
          </Text>
          <div className={classes.options}>
            {options.map((option) => (
              <Radio key={option} size="xs" value={option} label={t(`export.formats.${option}.title`)} />
            ))}
          </div>
        </div>
      ))}
      <Text size="xs" c="dimmed" mt={8}>
        {t(`export.formats.${format}.text`)} {t('export.readBy')}: {t(`export.formats.${format}.readers`)}.
      </Text>
    </Radio.Group>
  )
}
