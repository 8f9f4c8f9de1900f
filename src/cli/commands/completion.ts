import { Argument, Option } from 'commander';
import { examples, purposes } from '../help.ts';
import type { AddCommands } from '../program.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** How each shell loads its script whenever it starts. */
const installed: Readonly<Record<Shell, string>> = {
  bash: `bash   add this line to ~/.bashrc:
         source <(asxos completion bash)
       or, with the bash of macOS, which cannot read it so:
         eval "$(asxos completion bash)"`,
  zsh: `zsh    add this line to ~/.zshrc, after compinit where you have one:
         source <(asxos completion zsh)`,
  fish: `fish   write the script once, and after an upgrade again:
         asxos completion fish > ~/.config/fish/completions/asxos.fish`,
};

export const addCompletion: AddCommands = (program, { outside, wholeTree }) => {
  program
    .command('completion')
    .helpGroup(purposes.set)
    .summary('words at the Tab key, for bash, zsh and fish')
    .description(
      'Print the script by which a shell completes commands, options, portfolios, codes and files at the Tab key. Without a shell: how it is installed.',
    )
    .addArgument(new Argument('[shell]', 'the shell').choices(shells))
    .addOption(new Option('--names <kind>', 'what the script asks for at Tab').hideHelp())
    .addHelpText(
      'after',
      examples('asxos completion', 'source <(asxos completion bash)', 'asxos completion fish | source'),
    )
    .action(async (shell: Shell | undefined, { names }: { names?: string }, command) => {
      const { out } = outside.streams;
      if (names !== undefined) out(await namesOf(names, command.optsWithGlobals()));
      else if (shell === undefined) out(await howToInstall());
      else out(await scriptOf(shell));
    });

  async function scriptOf(shell: Shell): Promise<string> {
    const { completionTree } = await import('../completion/tree.ts');
    const tree = completionTree(await wholeTree());
    if (shell === 'bash') return (await import('../completion/bash.ts')).bashScript(tree);
    if (shell === 'zsh') return (await import('../completion/zsh.ts')).zshScript(tree);
    return (await import('../completion/fish.ts')).fishScript(tree);
  }

  /** A line each. Whatever is wrong, with the settings too, is none: who presses Tab is in the middle of a line. */
  async function namesOf(kind: string, { dataDir, demo }: { dataDir?: string; demo?: boolean }): Promise<string> {
    const { listNames } = await import('../../usecases/list-names.ts');
    try {
      const app = await outside.openApp({ dataDir, demo: demo === true, anyhow: true });
      return listNames(app, kind)
        .map(name => `${name}\n`)
        .join('');
    } catch {
      return '';
    }
  }

  async function howToInstall(): Promise<string> {
    const app = await outside.openApp({ dataDir: undefined, demo: false, anyhow: true });
    const login = shells.find(each => app.env['SHELL']?.endsWith(`/${each}`));
    const said = login === undefined ? '' : `Your login shell is ${login} ($SHELL is ${app.env['SHELL']}).\n\n`;
    return `${said}The Tab key completes commands, options and names once your shell loads a script.\n
${shells.map(each => installed[each]).join('\n\n')}\n\nThen open a new shell, and try: asxos hold<Tab>\n`;
  }
};
