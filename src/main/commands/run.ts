import { Command, CommanderError, Option } from 'commander'
import { version } from '../../../package.json'
import { readNotices } from '../project/notices'
import {
  anyFormatSchema,
  boxFamilySchema,
  defaultProviderSettings,
  importFormatSchema,
  recipeIdSchema,
  trainingImportSchema,
  trainingKindSchema,
} from '../../shared/domain'
import { backupCommand, restoreCommand } from './backup'
import { pairFormats } from '../../shared/imports'
import { compareCommand } from './compare'
import { decideCommand } from './decide'
import { cardCommand } from './card'
import { doctorCommand, newCommand, statsCommand } from './project'
import { logSlowQueries } from '../store/sql/statement'
import { exitCode, type ExitCode, exitCodeOf, printProblem, processTerminal, showingHidden, type Terminal } from './terminal'
import { exportCommand } from './export'
import { framesCommand } from './frames'
import { generateCommand } from './generate'
import { importCommand } from './import'
import { itemsListCommand, itemsStandingCommand } from './items'
import { listCommand } from './list'
import { promptExportCommand, promptImportCommand, promptLintCommand, promptShowCommand } from './prompt'
import { profilesCommand } from './profiles'
import { addProviderOptions } from './providerOptions'
import { recoverCommand } from './recover'
import { recoveryChoiceSchema } from '../../shared/domain/project'
import { itemFilterSchema } from '../../shared/contract'
import { snapshotCreateCommand, snapshotDeleteCommand, snapshotDiffCommand, snapshotListCommand, snapshotShowCommand } from './snapshot'
import { validateCommand } from './validate'
import { importFormat, positive, rating, secondsApart, seed, share, shares } from './values'

const closing = `
Exit codes: 0 done (notes on standard error fail nothing) · 1 part failed (the list is on standard error) · 2 wrong use · 3 the project cannot be read
The key of a model's server is read from OPENAI_API_KEY. Nothing but results is written to standard output.`

type Outcome = ExitCode | Promise<ExitCode>

function build(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('exemplar')
    .description('Draft, review and export multimodal instruction data without a window.')
    .version(version)
    .option('--licenses', 'print the licenses of everything that this program is made of')
    .addHelpText('after', closing)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.error(`${text.trim()} → Run with --help to see how it is used.`),
    })
  const commandOf =
    (parent: Command) =>
    <A extends unknown[]>(usage: string, description: string, run: (terminal: Terminal, ...args: A) => Outcome) =>
      parent
        .command(usage)
        .description(description)
        .action(async (...args: unknown[]) => finish(await run(terminal, ...(args.slice(0, -1) as A))))
  program.on('option:licenses', () => {
    terminal.out(readNotices().trimEnd())
    throw new CommanderError(0, 'exemplar.licenses', '')
  })
  const command = commandOf(program)

  command('new <project>', 'make a project folder (.exemplar is added to its name)', newCommand).addOption(
    new Option('--recipe <recipe>', 'how pairs are drafted; required').choices(recipeIdSchema.options).makeOptionMandatory(),
  )
  command('import <project>', 'add items; what is there already stays as it is, unless --update is given', importCommand)
    .addOption(
      new Option('--format <format>', 'what the files are; required')
        .choices(importFormatSchema.options)
        .argParser(importFormat)
        .makeOptionMandatory(),
    )
    .option(
      '--file <file>',
      'the items, or for labelme, via, voc, yolo, label-studio, mimic-it, vtt and with --pairs a folder of such files; required for every format but coco and folder',
    )
    .option('--files <file>', 'JSON from source ids to media names or lists of names, for formats that know only ids')
    .option('--activities <file>', 'activities, one a line, for scanrefer')
    .addOption(
      new Option('--text <text>', 'which text of the stories is read, for vist; normalized by default: names are replaced').choices([
        'normalized',
        'original',
      ]),
    )
    .option('--captions <file>', 'COCO captions; coco needs this, --instances, or both')
    .option('--instances <file>', 'COCO instances: boxes; coco needs this, --captions, or both')
    .option(
      '--encoding <name>',
      'of csv, vtt and folder texts that are not UTF-8, such as windows-1252 or shift_jis; told by their bytes by default',
    )
    .option('--media <folder>', 'where the images and videos are; required, but for formats of pairs, whose own folder it is by default')
    .addOption(
      new Option(
        '--pairs <state>',
        `import the pairs as candidates, accepted or pending; for ${pairFormats.join(', ')}. The last ${trainingImportSchema.options.length} are pairs only, pending by default`,
      ).choices(['accepted', 'pending']),
    )
    .option('--reviewer <name>', 'who accepts the pairs; required with --pairs accepted')
    .option('--update', 'replace context and media of items that are there; their pairs and decisions stay')
  command(
    'frames <project>',
    'extract frames of each item’s part of its videos, as the recipe takes them; kept in the frames folder of the project',
    framesCommand,
  )
    .option('--every <seconds>', 'one frame every so many seconds, in place of what the recipe takes', secondsApart)
    .option('--count <n>', 'so many frames of each video, evenly spaced; not with --every', positive)
  const prompt = commandOf(program.command('prompt').description('show what is sent, and read, write and check prompt files of Syphus'))
  prompt('show <project>', 'the exact messages for an item, the first one by default', promptShowCommand)
    .option('--item <id>', 'its id in the imported file')
    .option('--model <model>', `prices the prompt; ${defaultProviderSettings.model} by default`)
    .option('--json', 'as JSON')
  prompt('import <project>', 'message and examples of a prompt file as a new prompt version', promptImportCommand)
    .requiredOption('--file <file>', 'JSON with system_message and in_context; required')
    .option('--repair', 'put right what the file lacks; without it, a file with findings is not imported')
  prompt('export <project>', 'the prompt with its pinned and most recent exemplars', promptExportCommand).requiredOption(
    '--file <file>',
    'replaced if it is there; required',
  )
  prompt('lint', 'name what is wrong with a prompt file; changes nothing', promptLintCommand).requiredOption(
    '--file <file>',
    'the prompt file; required',
  )
  addProviderOptions(command('generate <project>', 'draft pairs: a new run over the items named, all by default', generateCommand))
    .option('--items <ids>', 'only these, by their ids in the imported file, with commas between')
    .option('--limit <n>', 'at most so many items', positive)
    .option('--pairs <n>', 'pairs asked for per item; as the prompt screen has it by default, 3 in a new project', positive)
    .option(
      '--resume',
      'go on with the last unfinished run as it was begun, or start the first; of the others, address, concurrency, timeout, longest answer and failures may change',
    )
  addProviderOptions(
    command(
      'compare <project>',
      'ask two prompt versions about the same items, and print what they bring; replies are kept, and no request is paid for twice',
      compareCommand,
    ),
  )
    .option('--versions <a,b>', 'two prompt versions by their numbers; the newest two by default')
    .option('--items <n>', 'so many items; 20 by default, which is the most', positive)
    .option('--random <seed>', 'random items in place of the first ones; the same seed chooses the same items', seed)
    .option('--ids <ids>', 'these items, by their ids in the imported file, with commas between')
    .option('--pairs <n>', 'pairs asked for per item; as the prompt screen has it by default', positive)
    .option('--plan', 'only report the requests, tokens and price, and stop')
    .option('--json', 'as JSON')
  command('profiles', 'list the provider profiles of the window; --profile <name> chooses one', profilesCommand).option('--json', 'as JSON')
  command('list <project>', 'what is there', listCommand)
    .option('--candidates', 'every drafted pair with its state and lineage; this or --items')
    .option('--items', 'every item with its context; this or --candidates')
    .option('--json', 'as JSON')
  const items = commandOf(
    program.command('items').description('list items, and choose which of them take part; pairs and media always stay'),
  )
  items('list <project>', 'ids with their standing and pairs, in import order', itemsListCommand)
    .addOption(
      new Option('--state <state>', 'only these; all that are not deleted by default').choices(itemFilterSchema.shape.state.options),
    )
    .option('--json', 'as JSON')
  const idsFile = ['--file <file>', 'more ids, one a line; - reads standard input'] as const
  items(
    'exclude <project> [ids...]',
    'keep items in the library, but out of runs, queues and exports',
    itemsStandingCommand('excluded', 'excluded'),
  ).option(...idsFile)
  items('include <project> [ids...]', 'let excluded or deleted items take part again', itemsStandingCommand('included', 'included')).option(
    ...idsFile,
  )
  items(
    'delete <project> [ids...]',
    'take items out of the library; `items list --state deleted` shows them, and `items include` brings them back',
    itemsStandingCommand('deleted', 'deleted'),
  ).option(...idsFile)
  command('decide <project>', 'carry out decisions, one JSON object a line', decideCommand).requiredOption(
    '--file <file>',
    '{candidate, verdict: accept|edit|reject|ignore|reopen, instruction?, response?, reason?, reviewer}; - reads standard input; required',
  )
  const snapshot = commandOf(
    program
      .command('snapshot')
      .description('name and keep sets of approved pairs that never change, split them by media, and compare them'),
  )
  snapshot('create <project>', 'keep the approved pairs that match as they are now', snapshotCreateCommand)
    .requiredOption('--name <name>', 'its name in the project; required')
    .addOption(new Option('--state <state>', 'only these; both by default').choices(['accepted', 'edited']))
    .option('--tag <tag>', 'only pairs with this tag')
    .option('--rating <n>', 'only pairs whose ratings have at least this mean, from 1 to 5', rating)
    .option('--reviewer <name>', 'only pairs that this reviewer decided')
    .option('--language <code>', 'only pairs in this language, such as en')
    .option('--flagged', 'only pairs that somebody flagged')
    .option('--not-flagged', 'only pairs that nobody flagged')
    .addOption(new Option('--second-review <outcome>', 'only pairs on which two reviewers agree').choices(['agreed']))
    .option(
      '--split <shares>',
      'percent of the pairs in train/validation/test; no image or video, and no nearly identical image, is in two; all in train by default',
      shares,
    )
    .option('--seed <n>', 'another split; the same seed gives the same split; 1 by default', seed)
    .option('--json', 'as JSON')
  snapshot('list <project>', 'snapshots, newest first', snapshotListCommand).option('--json', 'as JSON')
  snapshot('show <project> <name>', 'what a snapshot holds and what it was made with', snapshotShowCommand).option('--json', 'as JSON')
  snapshot(
    'diff <project> <before> <after>',
    'pairs that were added, removed and changed between two snapshots',
    snapshotDiffCommand,
  ).option('--json', 'as JSON')
  snapshot(
    'delete <project>',
    'delete a snapshot and what it alone kept; pairs, items, media and exports stay, but its exports cannot be made again',
    snapshotDeleteCommand,
  ).requiredOption('--name <name>', 'the snapshot; required')
  command('export <project>', 'write the approved pairs, and validate what was written', exportCommand)
    .addOption(new Option('--format <format>', 'what to write; required').choices(anyFormatSchema.options).makeOptionMandatory())
    .requiredOption('--out <folder>', 'made if it is not there; required')
    .option(
      '--snapshot <name>',
      'the pairs of a snapshot, as they were when it was created, in their splits; mimic-it, jsonl and syphus get a folder for each split',
    )
    .addOption(
      new Option(
        '--kind <kind>',
        'sft by default; dpo: edited answers before their drafts; kto: approved and rejected answers. This and all that follow: not for mimic-it, jsonl and syphus',
      ).choices(trainingKindSchema.options),
    )
    .option('--frames <n>', 'so many evenly spaced frames in place of each video', positive)
    .option('--system <text>', 'a system text before each conversation')
    .option('--reasoning', 'the reasoning before each answer, between <think> and </think>')
    .addOption(
      new Option('--boxes <family>', 'adds rows that ask for the boxes of images, in the coordinates of a model family').choices(
        boxFamilySchema.options,
      ),
    )
    .option('--item-drafts', 'dpo: also an accepted and a rejected draft of one item that answer the same instruction')
    .option('--min-change <share>', 'dpo: edits that change a smaller share of words are left out; 0 to 1, 0 by default', share)
    .option('--license <text>', 'for the card of hugging-face')
    .option('--url <url>', 'for the metadata of hugging-face')
    .option('--raw-replies', 'the replies of the model in provenance.jsonl, and not only their hashes')
  command('card <project>', 'describe the approved pairs: counts, lengths, review, origin, licences and limits', cardCommand)
    .option('--out <file>', 'writes it there; your own text around the generated parts stays')
    .option('--snapshot <name>', 'of its pairs, with what was written into its card in the window')
    .option('--license <text>', 'of the set')
    .option('--url <url>', 'of the set')
  command(
    'validate <folder>',
    'read an export back, and name what its training software drops, swaps or stops at',
    validateCommand,
  ).addOption(new Option('--format <format>', 'as the folder says by default').choices(anyFormatSchema.options))
  command('stats <project>', 'how many of everything', statsCommand).option('--json', 'as JSON')
  command('doctor <project>', 'look for damage, orphans and dangling references; changes nothing', doctorCommand)
  command(
    'recover <project>',
    'show what can be saved of a damaged project beside its newest backup, and go on with one',
    recoverCommand,
  ).addOption(new Option('--use <choice>', 'goes on with it; the damaged file is kept').choices(recoveryChoiceSchema.options))
  command('backup <project>', 'copy the project file into its backups folder', backupCommand).option(
    '--to <file>',
    'write it there instead',
  )
  command('restore <project>', 'show the backups, and put one in the place of the project file, which is kept', restoreCommand)
    .option('--from <name>', 'the backup; the newest sound one by default')
    .option('--yes', 'without asking')
  return program
}

/**
 * Runs the command line. Prints errors to standard error, one line each with the remedy; never throws.
 * @param args without the program's name
 */
export async function runCommandLine(args: readonly string[], given: Terminal = processTerminal()): Promise<ExitCode> {
  const terminal = showingHidden(given)
  if (terminal.environment.EXEMPLAR_LOG_SLOW === '1') logSlowQueries((line) => terminal.error(line))
  let code: ExitCode = exitCode.done
  try {
    const program = build(terminal, (outcome) => {
      code = outcome
    })
    if (args.length === 0) {
      terminal.error(program.helpInformation() + closing)
      return exitCode.wrongUse
    }
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUse
    return exitCodeOf(printProblem(terminal, error))
  }
}
