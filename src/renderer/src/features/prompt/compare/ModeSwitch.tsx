import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from '../Prompt.module.css'
import { compareState } from './compareState'

/** Switches the prompt screen between editing the prompt and comparing versions. */
export function ModeSwitch() {
  const { t } = useTranslation()
  const mode = compareState.use((state) => state.mode)
  return (
    <SegmentedControl
      size="xs"
      className={classes.mode}
      aria-label={t('compare.mode')}
      value={mode}
      onChange={(value) => compareState.set({ mode: value === 'compare' ? 'compare' : 'edit' })}
      data={[
        { value: 'edit', label: t('compare.edit') },
        { value: 'compare', label: t('compare.compare') },
      ]}
    />
  )
}
