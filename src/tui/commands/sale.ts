/** Thinking of a sale: how many units of the selected holding or parcel, and what that would bring. Nothing is written. */
import { plain, type Units } from '../../domain/decimal.ts';
import type { Code } from '../../domain/market/security.ts';
import type { Command, Context } from '../command.ts';
import { securityPlaces } from '../command.ts';
import { selectedId } from '../list-model.ts';
import { fieldOf } from '../text-field.ts';
import { codeInView } from './list.ts';
import { closing } from './overlay.ts';

type Sellable = { readonly code: Code; readonly units: Units; readonly portfolio: string | undefined };

/** The selected parcel, else the holding. */
function sellable(context: Context): Sellable | undefined {
  const { state, models } = context;
  const { screen, portfolio } = models;
  const code = codeInView(context);
  const holding = portfolio.holdings.find(row => row.code === code);
  if (holding === undefined) return undefined;
  if (screen.kind === 'security' && screen.tab?.name === 'parcels') {
    const id = selectedId(screen.tab.list, state.lists.parcels);
    const row = screen.view.parcels.find(({ parcel }) => `${parcel.portfolio} ${parcel.id}` === id);
    const name = portfolio.scope.portfolios.find(each => each.id === row?.parcel.portfolio)?.name;
    if (row !== undefined) return { code: holding.code, units: row.parcel.units, portfolio: name };
  }
  return { code: holding.code, units: holding.units, portfolio: state.portfolio };
}

function open(context: Context): void {
  const of = sellable(context);
  if (of === undefined) return;
  const { code, units, portfolio } = of;
  context.dispatch({ type: 'overlay', overlay: { kind: 'sale', code, portfolio, field: fieldOf(plain(units)) } });
}

function why(context: Context): string | undefined {
  if (sellable(context) === undefined) return 'nothing is held of it';
  const { screen } = context.models;
  const isParcel = screen.kind === 'security' && screen.tab?.name === 'parcels';
  return isParcel || !context.models.portfolio.scope.combined
    ? undefined
    : 'a sale is of one portfolio; press p and choose it';
}

export const saleCommands: readonly Command[] = [
  {
    id: 'sale.preview',
    keys: ['t'],
    title: 'think of a sale: gain and tax',
    where: ['holdings', ...securityPlaces],
    importance: 6.5,
    unavailable: why,
    run: open,
  },
  closing('sale', ['esc', 'enter', 'q']),
  {
    id: 'sale.explain',
    keys: ['x'],
    title: 'explain',
    where: ['sale'],
    importance: 1,
    motion: true,
    unavailable: ({ models }) =>
      models.sale !== undefined && 'preview' in models.sale ? undefined : 'there is nothing to explain yet',
    run: ({ state: { overlay }, dispatch }) => {
      if (overlay?.kind !== 'sale') return;
      const { code } = overlay;
      dispatch({ type: 'overlay', overlay: { kind: 'explain', code, chosen: 0, top: 0, under: overlay } });
    },
  },
];
