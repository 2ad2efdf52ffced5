import type { TFunction } from 'i18next'
import type { ComparisonSide, PromptVersion } from '../../../../shared/domain'

/** Returns the title of a version: its number, and its name if it has one. */
export const versionTitle = (t: TFunction, { id, name = '' }: Pick<PromptVersion, 'id' | 'name'>): string =>
  name === '' ? t('prompt.savedAs', { id }) : t('compare.versionNamed', { id, name })

/** Returns the title of a side of a comparison. */
export const sideTitle = (t: TFunction, { versionId, name }: Pick<ComparisonSide, 'versionId' | 'name'>): string =>
  versionId === null ? t('compare.draft') : versionTitle(t, { id: versionId, name })
