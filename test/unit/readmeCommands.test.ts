import { describe, expect, it } from 'vitest'
import { readProjectFile } from '../support/projectFiles'
import { run } from '../support/terminal'

/** The commands of the README's examples, each with its options. */
const examples = [...readProjectFile('README.md').matchAll(/^npm run -s exemplar -- (\w+(?: [a-z]+(?= ))?) (.*)$/gm)].map(
  ([, command = '', rest = '']) => ({
    command,
    options: [...rest.matchAll(/--[\w-]+/g)].map(([option]) => option),
  }),
)

const helpOf = async (...command: string[]) => (await run('/', [...command, '--help'])).out.join('\n')

describe('the commands in the README', () => {
  it.each(examples)('exemplar $command takes $options', async ({ command, options }) => {
    const help = await helpOf(...command.split(' '))
    expect(options.filter((option) => !help.includes(`${option} `) && !help.includes(`${option}\n`))).toEqual([])
  })

  it('are all that there are', async () => {
    const listed = [...(await helpOf()).matchAll(/^ {2}(\w+) .*<(?:project|folder)>/gm)].map(([, command]) => command)
    expect(listed.length).toBeGreaterThan(0)
    const commands = examples.map(({ command }) => command).filter((command) => !command.includes(' '))
    expect([...new Set(commands)].toSorted()).toEqual(listed.toSorted())
  })
})
