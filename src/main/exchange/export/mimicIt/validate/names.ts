/** Assigns numbers to ids in order of first use, so that lists of a million ids are lists of numbers. */
export interface Names {
  numberOf(name: string): number
  nameOf(number: number): string
  readonly count: () => number
}

export function createNames(): Names {
  const numbers = new Map<string, number>()
  const names: string[] = []
  return {
    numberOf(name) {
      const number = numbers.get(name) ?? names.push(name) - 1
      if (number === numbers.size) numbers.set(name, number)
      return number
    },
    nameOf: (number) => names[number] ?? '',
    count: () => names.length,
  }
}
