/**
 * Account & settings: who is signed in and whether the server answers, above the settings of the config file. Without an
 * account, or with the server down, nothing is missing but sync, and a line says so.
 */
import { sydneyDate } from '../../domain/date.ts';
import { harmless } from '../../domain/text.ts';
import { formatDate } from '../../format.ts';
import type { AccountModel } from '../account-model.ts';
import { fitBlock, indent } from '../blocks.ts';
import { ruleLine } from '../components/rule.tsx';
import { selectedId } from '../list-model.ts';
import type { State } from '../state.ts';
import { syncWords } from '../sync-words.ts';
import type { Line, Span } from '../text.ts';
import type { Token } from '../theme.ts';
import { wrap } from '../wrap.ts';
import { listLines } from './list.ts';

type Room = { readonly width: number; readonly height: number };

const margin = 2;
const labelWidth = 9;

export function accountScreen(model: AccountModel, state: State, room: Room): Line[] {
  const { width, height } = room;
  const above = [...accountLines(model, state, width), ruleLine(width, `Settings in ${model.configPath}`)];
  const below = settingLines(model, state, width);
  const list = listLines(model.list, state.lists.settings, new Set(), {
    width,
    height: settingsHeight(model, state, room),
  });
  return fitBlock([...above, ...list, [], ...below], width, height);
}

/** Lines of the list, with its title. */
export const settingsHeight = (model: AccountModel, state: State, { width, height }: Room): number =>
  Math.max(2, height - accountLines(model, state, width).length - 1 - settingLines(model, state, width).length - 1);

/** A fact of the account beneath its label, as many rows as it needs. */
function fact(label: string, parts: readonly Span[], width: number): Line[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [];
  const room = width - margin - labelWidth;
  const words = wrap([first.text, ...rest.map(each => each.text)].join(''), room);
  const named: Span = { text: label.padEnd(labelWidth), token: 'dim' };
  const look = first.token === undefined ? {} : { token: first.token };
  return words.map((text, row) =>
    indent([row === 0 ? named : { text: ' '.repeat(labelWidth) }, { text, ...look }], margin),
  );
}

const said = (text: string, token?: Token): Span[] => [token === undefined ? { text } : { text, token }];

/** What is known of the account and of sync: each fact has a row. */
function accountLines(model: AccountModel, { now }: State, width: number): Line[] {
  const { account, server, isSimulated } = model;
  if (isSimulated) return fact('Account', said('The demo has none. Leave --demo out to sign in to yours.'), width);
  const { status, work } = account;
  const busy = work === undefined ? [] : fact('', said(`${work} …`, 'accent'), width);
  if (status === undefined) return [...fact('Account', said('not looked at yet', 'dim'), width), ...busy];
  const { signIn, isReached, trouble } = status;
  const answers = work === undefined && isReached === false ? ' does not answer: everything but sync goes on' : '';
  const serverWords =
    server === undefined && trouble !== undefined
      ? said('the one that is set is not used. Enter on accountUrl sets another', 'warning')
      : server === undefined
        ? said('none is set; everything but sync works without one. Enter on accountUrl sets it', 'dim')
        : said(
            `${server}${answers}${isReached === true ? ', which answers' : ''}`,
            answers === '' ? undefined : 'warning',
          );
  const why =
    trouble === undefined ? '' : harmless(`${trouble.message}${trouble.hint === undefined ? '' : `. ${trouble.hint}`}`);
  return [
    ...fact('Account', signInWords(signIn, server), width),
    ...fact('Server', serverWords, width),
    ...(signIn === undefined ? [] : fact('Device', deviceWords(signIn), width)),
    // A server that is down has been told above.
    ...(why === '' || isReached === false ? [] : fact('', said(why, 'warning'), width)),
    ...syncWords(model, now).flatMap((words, row) => fact(row === 0 ? 'Sync' : '', words, width)),
    ...busy,
  ];
}

type SignIn = NonNullable<NonNullable<AccountModel['account']['status']>['signIn']>;

function signInWords(signIn: SignIn | undefined, server: string | undefined): Span[] {
  if (signIn === undefined) {
    return said(server === undefined ? 'nobody is signed in' : 'nobody is signed in; L signs in, R opens an account');
  }
  const who = `${harmless(signIn.username)} (${harmless(signIn.email)})`;
  return signIn.isOpen
    ? said(`signed in as ${who}`)
    : said(`the sign-in of ${who} has ended; L signs in again`, 'warning');
}

function deviceWords({ deviceId, keptIn, endsAt }: SignIn): Span[] {
  const until = endsAt === undefined ? '' : `, signed in until ${formatDate(sydneyDate(endsAt))}`;
  return said(`${deviceId}${until}, kept in ${keptIn === 'keychain' ? 'the keychain' : 'a file'}`, 'dim');
}

/** What the selected setting is for, and what it can be. */
function settingLines({ list, settings }: AccountModel, state: State, width: number): Line[] {
  const selected = settings.find(each => each.key === selectedId(list, state.lists.settings));
  if (selected === undefined) return [];
  const { description, allowed, source, env, isLive } = selected;
  const words = [
    `${description}. It can be: ${allowed}.`,
    ...(source === 'environment' ? [`${env} in the environment holds before the file.`] : []),
    ...(isLive ? [] : ['A change holds from the next start on.']),
  ].join(' ');
  return wrap(words, Math.min(110, width - 2 * margin - 1)).map(text => indent([{ text, token: 'dim' }], margin + 1));
}
