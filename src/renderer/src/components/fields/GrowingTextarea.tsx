import { Textarea, type TextareaProps } from '@mantine/core'
import type { Ref } from 'react'
import classes from './GrowingTextarea.module.css'

interface Props extends Omit<TextareaProps, 'autosize' | 'classNames' | 'ref' | 'rows'> {
  readonly classNames?: { readonly input?: string | undefined; readonly label?: string | undefined } | undefined
  /** Minimum number of lines. */
  readonly minRows?: number
  /** Maximum number of lines before it scrolls; unlimited if absent. */
  readonly maxRows?: number
  readonly ref?: Ref<HTMLTextAreaElement> | undefined
}

/**
 * A text area as high as its text, by CSS alone: `autosize` measures the text in a hidden field, which takes two layouts of the page per
 * letter.
 */
export function GrowingTextarea({ classNames, minRows = 1, maxRows, ...others }: Props) {
  const rows = { '--min-rows': minRows, '--max-rows': maxRows ?? 10_000 }
  return (
    <Textarea
      {...others}
      classNames={{ label: classNames?.label, input: [classes.input, classNames?.input].join(' ') }}
      styles={{ input: rows as Record<string, number> }}
    />
  )
}
