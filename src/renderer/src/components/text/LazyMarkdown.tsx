import { Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'

const MarkdownText = lazy(async () => ({ default: (await import('./MarkdownText')).MarkdownText }))

/** Markdown; the library is loaded when the first text is shown. */
export function LazyMarkdown(props: { readonly text: string; readonly onShown?: () => void }) {
  const { t } = useTranslation()
  return (
    <Suspense fallback={<Text size="sm">{t('guidelines.loading')}</Text>}>
      <MarkdownText {...props} />
    </Suspense>
  )
}
