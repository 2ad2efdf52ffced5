import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../../../components/showProblem'
import classes from '../review.module.css'
import type { Failure } from '../session/reviewView'
import { ShownText } from '../../../components/text/ShownText'

interface Props {
  readonly failure: Failure
  readonly currentId: number | null
  readonly onGoTo: (candidateId: number) => void
  readonly onClose: () => void
}

/** Alert for a decision or draft that could not be stored, with the cause, the remedy and a button that goes to the pair. */
export function FailureAlert({ failure, currentId, onGoTo, onClose }: Props) {
  const { t } = useTranslation()
  const { message, remedy } = problemWords(failure.error)
  return (
    <Alert
      className={classes.failure}
      role="alert"
      color="red"
      variant="default"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('review.failure')}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={onClose}
    >
      <Group justify="space-between" gap="xs">
        <div>
          <Text size="sm" className="verbatim" lang={message.lang}>
            <ShownText text={message.text} />
          </Text>
          {remedy && (
            <Text size="sm" lang={remedy.lang}>
              {remedy.text}
            </Text>
          )}
        </div>
        {failure.candidateId !== currentId && failure.candidateId > 0 && (
          <Button size="xs" variant="default" onClick={() => onGoTo(failure.candidateId)}>
            {t('review.goToPair')}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
