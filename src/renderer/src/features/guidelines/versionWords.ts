import type { TFunction } from 'i18next'
import type { GuidelineHead } from '../../../../shared/domain/project'
import { formatDate } from '../../format'

/** Returns a sentence that describes a version. */
export const versionWords = ({ version, author, savedAt }: GuidelineHead, t: TFunction): string =>
  version === 0 ? t('guidelines.ofRecipe') : t('guidelines.version', { version, author: author ?? '', date: formatDate(savedAt ?? 0) })

/** Returns the name of a version. */
export const versionName = ({ version }: GuidelineHead, t: TFunction): string =>
  version === 0 ? t('guidelines.recipeName') : t('guidelines.versionName', { version })
