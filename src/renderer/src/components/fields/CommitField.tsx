import { TextInput, type TextInputProps } from '@mantine/core'
import { useState } from 'react'

interface Props extends Pick<TextInputProps, 'label' | 'description' | 'placeholder' | 'maxLength' | 'type'> {
  readonly value: string
  /** Returns an error message for a text, or null. */
  readonly check: (text: string) => string | null
  readonly onCommit: (text: string) => void
}

/** A text field that commits its value on blur or Enter, and only if it is valid. */
export function CommitField({ value, check, onCommit, ...others }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? value
  const error = typed === null ? null : check(typed.trim())
  const commit = () => {
    if (typed === null || error) return
    setTyped(null)
    if (typed.trim() !== value) onCommit(typed.trim())
  }
  return (
    <TextInput
      {...others}
      value={text}
      error={error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
    />
  )
}
