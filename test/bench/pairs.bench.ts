import { seededRandom } from '../../src/main/generation/seededRandom'
import { nearestOthers } from '../../src/main/media/neighbours/nearestOthers'
import { report, sizeOf } from '../support/figures'

const random = seededRandom('pairs')
const half = () => Math.floor(random() * 2 ** 32)

// Fingerprints without any likeness are the worst there can be: the nearest is far away.
for (const count of sizeOf([25_000, 100_000], [500])) {
  const prints = Array.from({ length: count }, () => ({ high: half(), low: half() }))
  const start = performance.now()
  await nearestOthers(prints)
  const seconds = (performance.now() - start) / 1000
  report({ name: `the most similar partner of each of ${count.toLocaleString('en')} images`, value: seconds, unit: 's' })
}
