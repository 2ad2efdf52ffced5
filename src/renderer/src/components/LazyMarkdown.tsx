import { Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'

const MarkdownText = lazy(async () => ({ default: (await import('./MarkdownText')).MarkdownText }))

/** Markdown, by a library that is loaded when the first text is shown. */
export function LazyMarkdown({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  return (
    <Suspense fallback={<Text size="sm">{t('guidelines.loading')}</Text>}>
      <MarkdownText text={text} />
    </Suspense>
  )
}
