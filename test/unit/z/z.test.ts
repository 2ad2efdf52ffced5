import { test } from 'vitest'
import { parseReply } from '../../../src/main/generation/reply/parseReply'
const qa = (n: number, extra = '') => `{"instruction":"What is ${n}?","response":"It is ${n}."${extra}}`
const shapes: Record<string, string> = {
  'same q twice': `[{"instruction":"What colour is the cup?","response":"It is red."},{"instruction":"What colour is the cup?","response":"It is blue."}]`,
  'same q twice short': `[{"instruction":"Q?","response":"A."},{"instruction":"Q?","response":"B."}]`,
  'same q letters': `[{"instruction":"What is it?","response":"A."},{"instruction":"What is it?","response":"B."}]`,
  'yaml fold': `- instruction: What is it?\n  response: >\n    It is a lamp\n    on a table.`,
  'yaml fold 2': `- instruction: What is it?\n  response: >-\n    It is a lamp\n    on a table.\n- instruction: Why?\n  response: |\n    One.\n    Two.`,
  'yaml fold ends number': `- instruction: What is it?\n  response: >\n    The year is\n    1999.`,
  'yaml plain multi': `- instruction: What is it?\n  response: The year is\n    1999.\n- instruction: How many?\n  response: There are\n    3.`,
  'q a ends number': `Q: What year is it?\nA: The year is\n1999.\nQ: How many?\nA: 3.`,
  'numbered list answer': `Q: What are the steps?\nA:\n1. Open it.\n2. Close it.\n\nQ: How many?\nA: 2.`,
  'better version': '```json\n[' + qa(9) + ']\n```\nOn reflection, a better version:\n```json\n[' + qa(1) + ']\n```',
  'polished': '[' + qa(9) + ']\nHere is a more polished set:\n[' + qa(1) + ']',
  'redo': '[' + qa(9) + ']\nLet me redo this with more detail.\n[' + qa(1) + ']',
  'second attempt': '[' + qa(9) + ']\nSecond attempt:\n[' + qa(1) + ']',
  'replace': '[' + qa(9) + ']\nReplace the above with:\n[' + qa(1) + ']',
}
test('z', () => {
  for (const [name, text] of Object.entries(shapes)) {
    let out: string
    try {
      const { pairs, unusedFields } = parseReply({ text, finishReason: 'stop' } as never, undefined)
      out = pairs.map((p) => `${JSON.stringify((p as any).instruction)}→${JSON.stringify((p as any).response)}`).join(' ; ') + (unusedFields.length ? '  UNUSED ' + JSON.stringify(unusedFields).slice(0, 150) : '')
    } catch (e: any) {
      out = `FAIL ${e.kind ?? e.code ?? ''} ${String(e.message).slice(0, 110)}`
    }
    console.log(name.padEnd(34), out.slice(0, 260))
  }
})
