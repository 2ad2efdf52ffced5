import type { TFunction } from 'i18next'
import type { ComparisonSide, PromptVersion } from '../../../../shared/domain'

/** Returns what a version is called: its number, and its name where it has one. */
export const versionTitle = (t: TFunction, { id, name = '' }: Pick<PromptVersion, 'id' | 'name'>): string =>
  name === '' ? t('prompt.savedAs', { id }) : t('compare.versionNamed', { id, name })

/** Returns what a side of a comparison is called. */
export const sideTitle = (t: TFunction, { versionId, name }: Pick<ComparisonSide, 'versionId' | 'name'>): string =>
  versionId === null ? t('compare.draft') : versionTitle(t, { id: versionId, name })
