import { useTranslation } from 'react-i18next'

/**
 * Returns a formatter for durations in milliseconds: seconds below 90 s, minutes and seconds below 10 min, minutes below 90 min, then hours
 * and minutes.
 */
export function useTimeWords(): (milliseconds: number) => string {
  const { t } = useTranslation()
  return (milliseconds) => {
    const seconds = Math.max(1, Math.round(milliseconds / 1000))
    if (seconds < 90) return t('runs.seconds', { value: seconds })
    if (seconds < 600) return t('runs.minutesSeconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
    const minutes = Math.round(seconds / 60)
    if (minutes < 90) return t('runs.minutes', { value: minutes })
    return t('runs.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  }
}
