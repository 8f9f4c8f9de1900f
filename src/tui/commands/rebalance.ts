/** Rebalancing: making suggestions, accepting and rejecting them, setting targets. */
import { isNegative, type Money, readDecimal, roundCents } from '../../domain/decimal.ts';
import { readCode } from '../../domain/market/security.ts';
import { isTrade } from '../../domain/rebalance/pending.ts';
import type { RebalanceMode } from '../../domain/rebalance/situation.ts';
import { Failure } from '../../failure.ts';
import { formatUnits } from '../../format.ts';
import { acceptSuggestion, rejectSuggestion } from '../../usecases/manage-suggestions.ts';
import { clearTargets, removeTargets, setTargets } from '../../usecases/manage-targets.ts';
import type { Command, Context } from '../command.ts';
import { selectedId } from '../list-model.ts';
import type { RebalancePrompt } from '../overlay.ts';
import type { SuggestionRow } from '../rebalance-list.ts';
import type { RebalanceModel } from '../rebalance-model.ts';
import { emptyField, fieldOf } from '../text-field.ts';

const where = ['rebalance'] as const;

const modelOf = ({ models: { screen } }: Context): RebalanceModel | undefined =>
  screen.kind === 'rebalance' ? screen : undefined;

/** The suggestion selected on the screen. */
export function suggestionInView(context: Pick<Context, 'state' | 'models'>): SuggestionRow | undefined {
  const { screen } = context.models;
  if (screen.kind !== 'rebalance') return undefined;
  const id = selectedId(screen.list, context.state.lists.rebalance);
  return screen.open.find(row => row.id === id);
}

const titleOf = (row: SuggestionRow): string =>
  isTrade(row) ? `${row.action} ${formatUnits(row.units)} ${row.code}` : `HOLD ${row.code}`;

const nothingSelected = (context: Context): string | undefined =>
  suggestionInView(context) === undefined ? 'there is no suggestion here' : undefined;

const noTrade = (context: Context): string | undefined => {
  const row = suggestionInView(context);
  if (row === undefined) return 'there is no suggestion here';
  return isTrade(row) ? undefined : `${titleOf(row)} asks for no trade`;
};

const notOne = (context: Context): string | undefined => {
  const model = modelOf(context);
  if (model?.view !== undefined) return undefined;
  return model?.isCombined === true ? 'it is of one portfolio; press p and choose it' : 'there is no portfolio yet';
};

const noTargets = (context: Context): string | undefined => {
  const model = modelOf(context);
  const isWithout = model?.mode !== 'signals' && model?.view?.groups.length === 0;
  return notOne(context) ?? (isWithout ? 'there are no targets yet; t sets them, m turns to signals' : undefined);
};

/** The drafted entry goes into the add line, where its effect is shown and it is recorded. */
function accept(context: Context): void {
  const row = suggestionInView(context);
  if (row === undefined) return;
  const { line } = acceptSuggestion(context.app, row.id);
  context.dispatch({
    type: 'overlay',
    overlay: {
      kind: 'entry-line',
      field: fieldOf(line),
      prefill: line,
      tried: false,
      recalled: 0,
      own: '',
      suggestion: { id: row.id, title: titleOf(row) },
    },
  });
}

function askToReject(context: Context): void {
  const row = suggestionInView(context);
  if (row !== undefined) {
    context.dispatch({ type: 'overlay', overlay: { kind: 'reject', id: row.id, title: titleOf(row) } });
  }
}

function reject({ app, state: { overlay }, dispatch, say }: Context): void {
  if (overlay?.kind !== 'reject') return;
  dispatch({ type: 'overlay', overlay: undefined });
  rejectSuggestion(app, overlay.id);
  say('info', `Rejected: ${overlay.title}`);
}

const ask =
  (asks: RebalancePrompt['asks']) =>
  ({ dispatch }: Context): void =>
    dispatch({ type: 'overlay', overlay: { kind: 'rebalance-prompt', asks, field: emptyField } });

/** In mode cash the new money is asked for first. */
function make(context: Context): void {
  const model = modelOf(context);
  if (model?.view === undefined) return;
  if (model.mode === 'cash') ask('amount')(context);
  else work(context, model, undefined);
}

function work(context: Context, { view, mode, marginalRatePct }: RebalanceModel, amount: Money | undefined): void {
  if (view === undefined) return;
  context.rebalance({ portfolio: view.portfolio.name, mode, amount, marginalRatePct: marginalRatePct ?? 'none' });
  context.dispatch({ type: 'list', list: 'rebalance', change: { selected: undefined, top: 0 } });
}

/** Uses what was typed; what is wrong with it is said beneath, and it stays to be mended. */
function answer(context: Context): void {
  const { overlay } = context.state;
  const model = modelOf(context);
  if (overlay?.kind !== 'rebalance-prompt' || model?.view === undefined) return;
  try {
    take(context, overlay, model);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const trouble = { message: error.message, hint: error.hint };
    context.dispatch({ type: 'overlay', overlay: { ...overlay, trouble } });
  }
}

function take(context: Context, { asks, field }: RebalancePrompt, model: RebalanceModel): void {
  const { dispatch, say } = context;
  const text = field.text.trim();
  const close = (): void => dispatch({ type: 'overlay', overlay: undefined });
  switch (asks) {
    case 'targets':
      if (text !== '') say('info', changeTargets(context, text, model.view?.portfolio.name));
      close();
      return;
    case 'rate': {
      const marginalRatePct = text === '' ? undefined : percentage(text);
      dispatch({ type: 'rebalance', change: { marginalRatePct: marginalRatePct ?? 'none' } });
      close();
      return;
    }
    case 'amount': {
      const amount = text === '' ? undefined : dollars(text);
      close();
      work(context, model, amount);
    }
  }
}

/** `CBA=10 VAS=40~3` as on the command line, `remove CBA`, `clear`; what was done in words. */
function changeTargets({ app }: Context, text: string, portfolio: string | undefined): string {
  const [verb = '', ...names] = text.split(/\s+/);
  if (/^clear$/i.test(text)) {
    clearTargets(app, { portfolio });
    return `${portfolio} has no targets any more`;
  }
  if (/^remove$/i.test(verb)) {
    const list = names
      .join(' ')
      .split(',')
      .map(name => name.trim());
    removeTargets(app, list, { portfolio });
    return `Removed: ${list.join(', ')}`;
  }
  const { targets, sumPct } = setTargets(app, [verb, ...names], { portfolio });
  return `${targets.length === 1 ? '1 target' : `${targets.length} targets`}, ${sumPct.toFixed()}% in all; n works out the trades`;
}

function dollars(text: string): Money {
  const amount = readDecimal(text);
  if (amount !== undefined && !isNegative(amount)) return roundCents(amount as Money);
  throw new Failure('invalid-input', `"${text}" is not an amount of dollars`, {
    hint: 'Write it like 5000 or 1,204.50.',
  });
}

function percentage(text: string) {
  const value = readDecimal(text.replace(/%$/, ''));
  if (value !== undefined && !isNegative(value) && value.lte('100')) return value;
  throw new Failure('invalid-input', `"${text}" is not a percentage from 0 to 100`, { hint: 'Write it like 39.' });
}

const nextMode = { targets: 'cash', cash: 'signals', signals: 'targets' } as const;
const modeWords: Readonly<Record<RebalanceMode, string>> = {
  targets: 'buys and sells to bring every target within its band',
  cash: 'spends new money on what is short of its target and sells nothing',
  signals: 'follows the last signals of what is held, and trims a large weight',
};

export const rebalanceCommands: readonly Command[] = [
  { id: 'rebalance.accept', keys: ['enter'], title: 'accept', where, importance: 1, unavailable: noTrade, run: accept },
  {
    id: 'rebalance.reject',
    keys: ['d'],
    title: 'reject',
    where,
    importance: 2,
    unavailable: nothingSelected,
    run: askToReject,
  },
  {
    id: 'rebalance.make',
    keys: ['n'],
    title: 'new suggestions',
    where,
    importance: 2.2,
    unavailable: noTargets,
    run: make,
  },
  {
    id: 'rebalance.targets',
    keys: ['t'],
    title: 'set targets',
    where,
    importance: 2.4,
    unavailable: notOne,
    run: ask('targets'),
  },
  {
    id: 'rebalance.mode',
    keys: ['m'],
    title: 'next mode',
    where,
    importance: 4,
    unavailable: notOne,
    run: context => {
      const mode = nextMode[modelOf(context)?.mode ?? 'signals'];
      context.dispatch({ type: 'rebalance', change: { mode } });
      context.say('info', `Mode ${mode} ${modeWords[mode]}; n works it out`);
    },
  },
  { id: 'rebalance.rate', keys: ['%'], title: 'tax rate', where, importance: 5, unavailable: notOne, run: ask('rate') },
  {
    id: 'rebalance.open',
    keys: ['right', 'l'],
    title: 'open the security',
    where,
    unavailable: nothingSelected,
    run: context => {
      const code = readCode(suggestionInView(context)?.code ?? '');
      if (code !== undefined) context.dispatch({ type: 'enter', screen: { kind: 'security', code } });
    },
  },
  { id: 'reject.yes', keys: ['y', 'Y'], title: 'reject', where: ['reject'], motion: true, importance: 1, run: reject },
  {
    id: 'reject.no',
    keys: ['n', 'N', 'esc', 'enter', 'q'],
    title: 'keep',
    where: ['reject'],
    motion: true,
    importance: 2,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: undefined }),
  },
  {
    id: 'rebalance-prompt.done',
    keys: ['enter'],
    title: 'done',
    where: ['rebalance-prompt'],
    motion: true,
    importance: 1,
    run: answer,
  },
  {
    id: 'rebalance-prompt.leave',
    keys: ['esc'],
    title: 'leave',
    where: ['rebalance-prompt'],
    motion: true,
    importance: 2,
    run: ({ dispatch }) => dispatch({ type: 'overlay', overlay: undefined }),
  },
];
