/** Signing in, or opening an account: one thing is asked for after the other, and a password shows as dots. */

import type { AccountPrompt } from '../overlay.ts';
import { characters, type Line } from '../text.ts';
import { fieldLine } from '../text-field.ts';
import { promptMargin as margin, promptWidth, promptWords, troubleWords } from './prompt.ts';

export const promptTitles = { login: 'Sign in', register: 'Open an account' } as const;

const labels: Readonly<Record<AccountPrompt['asks'], string>> = {
  username: 'User name',
  email: 'Email',
  password: 'Password',
  again: 'The same again',
};

const help: Readonly<Record<AccountPrompt['answers']['does'], Readonly<Record<AccountPrompt['asks'], string>>>> = {
  login: {
    username: 'Or the email address of the account.',
    email: '',
    password: 'It goes to the server alone, and is kept nowhere.',
    again: '',
  },
  register: {
    username: '3 to 50 letters, digits, _ and -.',
    email: 'Also a name to sign in by.',
    password: '8 characters or more. It goes to the server alone, and is kept nowhere.',
    again: 'So that a slip does not lock you out.',
  },
};

const labelWidth = 16;

const isSecret = (asks: AccountPrompt['asks']): boolean => asks === 'password' || asks === 'again';

export function accountPromptLines(
  { asks, field, answers, trouble }: AccountPrompt,
  server: string,
  options: { readonly width: number },
): Line[] {
  const width = promptWidth(options.width);
  const words = (text: string): Line[] => promptWords(text, 'dim', width);
  const given = (['username', 'email'] as const)
    .filter(each => each !== asks && answers[each] !== '')
    .map(
      (each): Line => [
        { text: `${' '.repeat(margin)}${labels[each].padEnd(labelWidth)}`, token: 'dim' },
        { text: answers[each] },
      ],
    );
  const shown = isSecret(asks) ? { ...field, text: '•'.repeat(characters(field.text).length) } : field;
  const place = answers.inFile
    ? 'The sign-in is kept in a file that only you can read; ctrl-t keeps it in the keychain.'
    : 'The sign-in is kept in the keychain; ctrl-t keeps it in a file that only you can read.';
  return [
    ...words(`at ${server}`),
    ...given,
    [
      { text: '  › ', token: 'accent', bold: true },
      { text: labels[asks].padEnd(labelWidth), bold: true },
      ...fieldLine(shown, Math.max(8, width - margin - labelWidth)),
    ],
    ...troubleWords(trouble, width),
    [],
    ...words(`${help[answers.does][asks]} ${place}`.trim()),
  ];
}
