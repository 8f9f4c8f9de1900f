/** The account and the settings: signing in and out, changing the config file. */
import { Failure } from '../../failure.ts';
import { changeSetting, type Setting } from '../../usecases/manage-config.ts';
import type { AccountModel } from '../account-model.ts';
import type { Command, Context } from '../command.ts';
import { selectedId } from '../list-model.ts';
import type { AccountAnswers, AccountPrompt } from '../overlay.ts';
import { emptyField, fieldOf } from '../text-field.ts';
import { closing } from './overlay.ts';

const where = ['account'] as const;

const modelOf = ({ models: { screen } }: Context): AccountModel | undefined =>
  screen.kind === 'account' ? screen : undefined;

function settingInView(context: Context): Setting | undefined {
  const model = modelOf(context);
  const id = model && selectedId(model.list, context.state.lists.settings);
  return model?.settings.find(each => each.key === id);
}

const noServer = (context: Context): string | undefined => {
  const model = modelOf(context);
  if (model?.isSimulated === true) return 'the demo has no account';
  if (model?.server === undefined) return 'no account server is set; enter on accountUrl sets one';
  return undefined;
};

const nobody = (context: Context): string | undefined =>
  context.state.account.status?.signIn === undefined ? 'nobody is signed in' : undefined;

const noPart = ({ state: { sync } }: Context): string | undefined =>
  sync.status !== undefined && sync.status.device === undefined
    ? 'this device does not take part yet; asxos sync enrol lets it'
    : undefined;

const ask =
  (does: AccountAnswers['does']) =>
  ({ state, dispatch }: Context): void => {
    const last = does === 'login' ? state.account.status?.signIn?.username : undefined;
    const answers = { does, username: '', email: '', password: '', inFile: false };
    const field = last === undefined ? emptyField : fieldOf(last);
    dispatch({ type: 'overlay', overlay: { kind: 'account-prompt', asks: 'username', field, answers } });
  };

const steps = {
  login: ['username', 'password'],
  register: ['username', 'email', 'password', 'again'],
} as const satisfies Record<AccountAnswers['does'], readonly AccountPrompt['asks'][]>;

/** Goes on to what is asked for next; with the last answer the server is asked. */
function answer(context: Context): void {
  const { overlay } = context.state;
  if (overlay?.kind !== 'account-prompt') return;
  const { asks, field, answers } = overlay;
  const put = (next: AccountPrompt): void => context.dispatch({ type: 'overlay', overlay: next });
  const isName = asks === 'username' || asks === 'email';
  const value = isName ? field.text.trim() : field.text;
  if (value === '') {
    put({ ...overlay, trouble: { message: 'Type it, or press esc' } });
    return;
  }
  if (asks === 'again' && value !== answers.password) {
    const trouble = { message: 'The two passwords are not the same' };
    put({ ...overlay, asks: 'password', field: emptyField, answers: { ...answers, password: '' }, trouble });
    return;
  }
  const given = asks === 'again' ? answers : { ...answers, [asks]: value };
  const order: readonly AccountPrompt['asks'][] = steps[answers.does];
  const next = order[order.indexOf(asks) + 1];
  if (next !== undefined) {
    const before = next === 'email' ? fieldOf(given.email) : emptyField;
    put({ kind: 'account-prompt', asks: next, field: before, answers: given });
    return;
  }
  context.dispatch({ type: 'overlay', overlay: undefined });
  context.account.signIn(given);
}

function turnPlace({ state: { overlay }, dispatch }: Context): void {
  if (overlay?.kind !== 'account-prompt') return;
  const answers = { ...overlay.answers, inFile: !overlay.answers.inFile };
  dispatch({ type: 'overlay', overlay: { ...overlay, answers } });
}

function askToSignOut({ state, dispatch }: Context): void {
  const signIn = state.account.status?.signIn;
  if (signIn !== undefined) dispatch({ type: 'overlay', overlay: { kind: 'sign-out', title: signIn.username } });
}

function editSetting(context: Context): void {
  const setting = settingInView(context);
  if (setting === undefined) return;
  const { key, value, shown } = setting;
  // What may hold a secret is not shown to be edited.
  const field = value === undefined || value !== shown ? emptyField : fieldOf(value);
  context.dispatch({ type: 'overlay', overlay: { kind: 'setting-prompt', key, field } });
}

/** Writes it and lets it hold at once, where it can. */
function put(context: Context, { key, isLive }: Setting, value: string | undefined): void {
  const { value: now } = changeSetting(context.app, key, value);
  context.settingsChanged();
  const after = settingInView(context);
  const holds =
    after?.source === 'environment' ? `; ${after.env} holds before it` : isLive ? '' : ', from the next start on';
  context.say('info', now === undefined ? `${key} is back at its default${holds}` : `${key} is now ${now}${holds}`);
  if (key === 'accountUrl') context.account.look();
}

/** Uses what was typed; what is wrong with it is said beneath, and it stays to be mended. */
function answerSetting(context: Context): void {
  const { overlay } = context.state;
  const setting = settingInView(context);
  if (overlay?.kind !== 'setting-prompt' || setting === undefined) return;
  const value = overlay.field.text.trim();
  if (value === '' || value === setting.value) {
    context.dispatch({ type: 'overlay', overlay: undefined });
    return;
  }
  try {
    put(context, setting, value);
    context.dispatch({ type: 'overlay', overlay: undefined });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const trouble = { message: error.message, hint: error.hint };
    context.dispatch({ type: 'overlay', overlay: { ...overlay, trouble } });
  }
}

/** The next of few. */
function turnSetting(context: Context): void {
  const setting = settingInView(context);
  const choices = setting?.choices;
  if (setting === undefined || choices === undefined) return;
  put(context, setting, choices[(choices.indexOf(setting.value ?? '') + 1) % choices.length]);
}

export const accountCommands: readonly Command[] = [
  { id: 'setting.edit', keys: ['enter'], title: 'edit', where, importance: 1, run: editSetting },
  {
    id: 'setting.next',
    keys: ['space'],
    title: 'next value',
    where,
    importance: 2,
    unavailable: context =>
      settingInView(context)?.choices === undefined ? 'it is not one of a few; enter edits it' : undefined,
    run: turnSetting,
  },
  {
    id: 'setting.default',
    keys: ['d'],
    title: 'default',
    where,
    importance: 2.2,
    unavailable: context => (settingInView(context)?.source === 'file' ? undefined : 'the config file does not set it'),
    run: context => {
      const setting = settingInView(context);
      if (setting !== undefined) put(context, setting, undefined);
    },
  },
  {
    id: 'account.login',
    keys: ['L'],
    title: 'sign in',
    where,
    importance: 3,
    unavailable: noServer,
    run: ask('login'),
  },
  {
    id: 'account.register',
    keys: ['R'],
    title: 'open an account',
    where,
    importance: 3.2,
    unavailable: noServer,
    run: ask('register'),
  },
  {
    id: 'account.logout',
    keys: ['O'],
    title: 'sign out',
    where,
    importance: 3.4,
    unavailable: nobody,
    run: askToSignOut,
  },
  {
    id: 'account.look',
    keys: ['t'],
    title: 'ask the server',
    where,
    importance: 3.6,
    unavailable: noServer,
    run: ({ account }) => account.look(),
  },
  {
    id: 'sync.now',
    keys: ['y'],
    title: 'sync now',
    where,
    importance: 2.6,
    unavailable: context => noServer(context) ?? noPart(context),
    run: ({ sync }) => sync.start({ asked: true }),
  },
  {
    id: 'account-prompt.answer',
    keys: ['enter'],
    title: 'go on',
    where: ['account-prompt'],
    motion: true,
    importance: 1,
    run: answer,
  },
  {
    id: 'account-prompt.place',
    keys: ['ctrl+t'],
    title: 'keychain/file',
    where: ['account-prompt'],
    motion: true,
    importance: 2,
    run: turnPlace,
  },
  closing('account-prompt', ['esc']),
  {
    id: 'setting-prompt.answer',
    keys: ['enter'],
    title: 'set it',
    where: ['setting-prompt'],
    motion: true,
    importance: 1,
    run: answerSetting,
  },
  closing('setting-prompt', ['esc']),
  {
    id: 'sign-out.yes',
    keys: ['y', 'Y'],
    title: 'sign out',
    where: ['sign-out'],
    motion: true,
    importance: 1,
    run: ({ dispatch, account }) => {
      dispatch({ type: 'overlay', overlay: undefined });
      account.signOut();
    },
  },
  {
    id: 'sign-out.no',
    keys: ['n', 'N', 'esc', 'enter', 'q'],
    title: 'stay',
    where: ['sign-out'],
    motion: true,
    importance: 2,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: undefined }),
  },
];
