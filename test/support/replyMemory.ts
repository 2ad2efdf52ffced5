import { CallFailure } from '../../src/main/generation/run/callFailure'
import { parseReply } from '../../src/main/generation/reply/parseReply'

/** A process of its own, since the most memory that a process ever had is known for all of it alone: `unit megabytes`. */
const [unit = '', megabytes = '0'] = process.argv.slice(2)
const characters = Number(megabytes) * 1024 * 1024
const text = unit.repeat(Math.ceil(characters / unit.length))
let outcome = 'pairs'
try {
  parseReply({ text, finishReason: 'stop' }, { form: 'pairs', pairsPerItem: 3 })
} catch (error) {
  if (!(error instanceof CallFailure)) throw error
  outcome = error.code
}
console.log(JSON.stringify({ outcome, megabytes: process.resourceUsage().maxRSS / 1024 }))
