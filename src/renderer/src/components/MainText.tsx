import { useTranslation } from 'react-i18next'
import type { Text } from '../../../shared/say'
import { inWindowLanguage } from '../i18n/inWindowLanguage'

/** What main says, in the language of the window, or marked as English where it is known in no other. */
export function MainText({ children }: { readonly children: Text }) {
  useTranslation() // drawn anew with the language
  const { text, lang } = inWindowLanguage(children)
  return <span lang={lang}>{text}</span>
}
