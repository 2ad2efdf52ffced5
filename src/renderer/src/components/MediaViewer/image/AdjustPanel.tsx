import { ActionIcon, Button, Group, Popover, Slider, Stack, Text } from '@mantine/core'
import { IconAdjustments, IconRotateClockwise } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyHint } from '../../../app/keys/KeyHint'
import { asItCame, isAsItCame, LEVELS, LEVEL_STEP, type Adjustment } from './adjustments'
import classes from '../MediaViewer.module.css'

interface Props {
  readonly adjustment: Adjustment
  readonly onChange: (part: Partial<Adjustment>) => void
  readonly onRotate: () => void
  /** Resets rotation, brightness, contrast and zoom. */
  readonly onReset: () => void
}

const levels = [
  { name: 'brightness', less: 'darker', more: 'brighter' },
  { name: 'contrast', less: 'lessContrast', more: 'moreContrast' },
] as const

/** Button that opens the adjustments of an image, each with its keys. */
export function AdjustPanel({ adjustment, onChange, onRotate, onReset }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const name = t('media.adjust')
  return (
    <Popover position="top-end" withArrow trapFocus returnFocus shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          size="md"
          className={classes.button}
          aria-label={name}
          title={name}
          data-adjusted={!isAsItCame(adjustment)}
        >
          <IconAdjustments size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        <Stack gap="sm" w={260}>
          {levels.map(({ name: level, less, more }) => (
            <div key={level}>
              <Group justify="space-between" gap="xs">
                <Text size="sm" id={`${id}${level}`}>
                  {t(`media.${level}`)}
                </Text>
                <Group gap={4}>
                  <KeyHint action={less} />
                  <KeyHint action={more} />
                  <Text size="sm" className="numbers" w={48} ta="end">
                    {t('media.percent', { value: adjustment[level] })}
                  </Text>
                </Group>
              </Group>
              <Slider
                size="sm"
                min={LEVELS.least}
                max={LEVELS.most}
                step={LEVEL_STEP}
                label={null}
                value={adjustment[level]}
                onChange={(value) => onChange({ [level]: value })}
                thumbProps={{ 'aria-labelledby': `${id}${level}` }}
              />
            </div>
          ))}
          <Group justify="space-between" gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconRotateClockwise size={16} aria-hidden />}
              rightSection={<KeyHint action="rotate" />}
              onClick={onRotate}
            >
              {t('media.rotate')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                onChange(asItCame)
                onReset()
              }}
            >
              {t('media.reset')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
