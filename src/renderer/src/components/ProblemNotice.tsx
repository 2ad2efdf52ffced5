import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { problemWords } from './showProblem'
import { ShownText } from './text/ShownText'

/** Shows an error and its remedy instead of the content that failed to load. */
export function ProblemNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation()
  const { title, message, remedy, item } = problemWords(error)
  return (
    <Alert
      role="alert"
      color="red"
      variant="default"
      icon={<IconAlertTriangle aria-hidden />}
      title={
        title ?? (
          <span className="verbatim">
            <ShownText text={message.text} />
          </span>
        )
      }
    >
      <Stack gap="xs" align="flex-start">
        {title && (
          <Text size="sm" className="verbatim" lang={message.lang}>
            <ShownText text={message.text} />
          </Text>
        )}
        {item && <Text size="sm">{t('common.problemItem', { item })}</Text>}
        {remedy && (
          <Text size="sm" lang={remedy.lang}>
            {remedy.text}
          </Text>
        )}
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        )}
      </Stack>
    </Alert>
  )
}
