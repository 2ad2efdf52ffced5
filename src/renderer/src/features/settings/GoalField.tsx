import { useTranslation } from 'react-i18next'
import { appSettingsSchema } from '../../../../shared/contract'
import { CommitField } from '../../components/fields/CommitField'

const goalSchema = appSettingsSchema.shape.dailyGoal
const toGoal = (text: string) => goalSchema.safeParse(text === '' ? undefined : Number(text))

interface Props {
  readonly goal: number | undefined
  readonly onGoal: (goal: number | undefined) => void
}

/** Daily goal of the reviewer, in decided pairs. */
export function GoalField({ goal, onGoal }: Props) {
  const { t } = useTranslation()
  return (
    <CommitField
      label={t('flow.goalSetting')}
      description={t('flow.goalSettingHint')}
      value={goal === undefined ? '' : String(goal)}
      maxLength={5}
      check={(text) => (toGoal(text).success ? null : t('flow.goalWrong'))}
      onCommit={(text) => onGoal(toGoal(text).data)}
    />
  )
}
