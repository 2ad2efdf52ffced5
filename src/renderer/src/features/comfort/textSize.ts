import { useTranslation } from 'react-i18next'
import { nextTextSize, textSize } from '../../../../shared/comfort'
import { formatShare } from '../../format'
import { useCall } from '../../api/queries'
import { announce } from '../../app/state/announcement'
import { useKeyScope } from '../../app/keys/useActions'
import { useSaveSettings } from '../settings/useSaveSettings'

/** Returns the scale of the text, for sizes in pixels; 1 is the default size. */
export const useTextScale = () => (useCall('app.settings', {}).data?.textSize ?? textSize.usual) / 100

/** Returns functions that change the size of the text, save it, and announce the new size. */
export function useTextSize() {
  const { t } = useTranslation()
  const { save, read } = useSaveSettings()
  const change = (next: (size: number) => number) => {
    const size = read()?.textSize
    if (size === undefined) return
    if (next(size) !== size) save({ textSize: next(size) })
    announce(t('comfort.textSizeNow', { share: formatShare(next(size) / 100) }))
  }
  return {
    larger: () => change((size) => nextTextSize(size, 1)),
    smaller: () => change((size) => nextTextSize(size, -1)),
    reset: () => change(() => textSize.usual),
  }
}

export function useTextSizeKeys() {
  const { larger, smaller, reset } = useTextSize()
  useKeyScope({ level: 'global', actions: { fontLarger: larger, fontSmaller: smaller, fontReset: reset } })
}
