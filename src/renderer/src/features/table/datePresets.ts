import type { CandidateFilter } from '../../../../shared/review'

export const presets = ['today', 'week', 'month', 'older'] as const
export type Preset = (typeof presets)[number]

/** Returns the start of the day that is a number of days before `now`, in local time. */
export function dayBegin(now: number, daysBefore = 0): number {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysBefore).getTime()
}

type Dates = Pick<CandidateFilter, 'decidedFrom' | 'decidedBefore'>

export function datesOf(preset: Preset | null, now: number): { readonly [K in keyof Required<Dates>]: number | undefined } {
  switch (preset) {
    case null:
      return { decidedFrom: undefined, decidedBefore: undefined }
    case 'today':
      return { decidedFrom: dayBegin(now), decidedBefore: undefined }
    case 'week':
      return { decidedFrom: dayBegin(now, 6), decidedBefore: undefined }
    case 'month':
      return { decidedFrom: dayBegin(now, 29), decidedBefore: undefined }
    case 'older':
      return { decidedFrom: undefined, decidedBefore: dayBegin(now, 29) }
  }
}

export const presetOf = ({ decidedFrom, decidedBefore }: Dates, now: number): Preset | null =>
  presets.find((preset) => {
    const dates = datesOf(preset, now)
    return dates.decidedFrom === decidedFrom && dates.decidedBefore === decidedBefore
  }) ?? null

/** Formats a time as the value of a date field (`2026-11-21`), in local time. `dayOf` is the inverse. */
export function dayText(time: number | undefined): string {
  if (time === undefined) return ''
  const day = new Date(time)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
export function dayOf(text: string): number | undefined {
  const [year, month, day] = text.split('-').map(Number)
  return year && month && day ? new Date(year, month - 1, day).getTime() : undefined
}
