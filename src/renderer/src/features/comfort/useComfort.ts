import { useMantineColorScheme } from '@mantine/core'
import { useEffect, useLayoutEffect } from 'react'
import { textSize, type Comfort } from '../../../../shared/comfort'
import { showProblem } from '../../components/showProblem'
import { showLanguage } from '../../i18n'

const root = document.documentElement
const systemWantsContrast = '(prefers-contrast: more), (forced-colors: active)'

/** Applies the settings to the window: theme, contrast, surround of media, text size, language. Mounted once, by the window. */
export function useComfort(comfort: Comfort | undefined) {
  const { setColorScheme } = useMantineColorScheme()
  const { theme, language, surround = 'mid', textSize: size = textSize.usual } = comfort ?? {}
  useLayoutEffect(() => {
    if (!theme) return
    setColorScheme(theme === 'contrast' ? 'auto' : theme)
    const wanted = window.matchMedia(systemWantsContrast)
    const show = () => {
      if (theme === 'contrast' || (theme === 'auto' && wanted.matches)) root.dataset.contrast = 'more'
      else delete root.dataset.contrast
    }
    show()
    wanted.addEventListener('change', show)
    return () => wanted.removeEventListener('change', show)
  }, [theme, setColorScheme])
  // All sizes are in rem, so they scale with the root.
  useLayoutEffect(() => {
    root.style.fontSize = size === textSize.usual ? '' : `${size}%`
  }, [size])
  useLayoutEffect(() => {
    root.dataset.surround = surround
  }, [surround])
  useEffect(() => {
    if (language) showLanguage(language).catch(showProblem)
  }, [language])
}
