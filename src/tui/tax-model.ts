/** What the screen of tax and income shows, made again only when the data, its day, the year or the owner changes. */
import type { App } from '../app.ts';
import { financialYear } from '../domain/date.ts';
import type { Payment } from '../domain/income/payment.ts';
import type { Owner } from '../domain/ledger/portfolio.ts';
import { listEntries } from '../usecases/list-entries.ts';
import { type IncomeView, viewIncome } from '../usecases/view-income.ts';
import type { PortfolioView } from '../usecases/view-portfolio.ts';
import { type TaxYearView, taxOwners, viewTaxYear } from '../usecases/view-tax-year.ts';
import { describeRecorded } from '../words/format-entry.ts';
import { keepLast } from './keep-last.ts';
import type { ListModel } from './list-model.ts';
import type { TaxScreen, TaxTab } from './state.ts';
import { assessedList, calendarList, confirmList, gainsList, receivedList, toCome } from './tax-lists.ts';

export type TaxModel = {
  readonly kind: 'tax';
  readonly tab: TaxTab;
  /** The financial year in view, the first one with an entry, and the running one. */
  readonly fy: number;
  readonly firstYear: number;
  readonly lastYear: number;
  /** Whose tax it is, and who else there is; undefined while there is no portfolio. */
  readonly owner: Owner | undefined;
  readonly owners: readonly Owner[];
  readonly income: IncomeView;
  readonly toCome: readonly Payment[];
  /** Of the tabs that are an owner's. */
  readonly year: TaxYearView | undefined;
  readonly list: ListModel;
  /** Nothing was ever recorded. */
  readonly isEmpty: boolean;
};

type Stamp = readonly [revision: number, day: string];

export const isOfOwner = (tab: TaxTab): boolean => tab === 'gains' || tab === 'assessed';

export function openTaxModel(app: App) {
  const income = keepLast((...[, , view, fy]: [...Stamp, PortfolioView, number]) =>
    viewIncome(app, view, { financialYear: fy }),
  );
  const owners = keepLast((...[, , portfolio]: [...Stamp, string | undefined]) => taxOwners(app, portfolio));
  const year = keepLast((...[, , owner, fy]: [...Stamp, string, number]) => viewTaxYear(app, { owner, fy }));
  const payments = keepLast(toCome);
  const received = keepLast(receivedList);
  const calendar = keepLast(calendarList);
  const waiting = keepLast(confirmList);
  const gains = keepLast((view: TaxYearView) => gainsList(view.gains.year.lines));
  const assessed = keepLast((view: TaxYearView) => assessedList(view.income));
  const words = keepLast((..._: Stamp) => {
    const rows = listEntries(app, { portfolio: 'all' }).rows;
    return new Map(rows.map(({ entry }) => [entry.id, describeRecorded(entry)]));
  });

  return {
    of(screen: TaxScreen, stamp: Stamp, view: PortfolioView, portfolio: string | undefined): TaxModel {
      const tab = screen.tab ?? 'received';
      const lastYear = financialYear(app.today());
      const fy = screen.fy ?? lastYear;
      const people = owners(...stamp, portfolio);
      const owner = people.find(each => each.id === screen.owner) ?? people[0];
      const own = isOfOwner(tab) && owner !== undefined ? year(...stamp, owner.name, fy) : undefined;
      const received_ = income(...stamp, view, fy);
      const coming = payments(received_);
      const listOf = (): ListModel => {
        switch (tab) {
          case 'received':
            return received(received_);
          case 'calendar':
            return calendar(received_, coming);
          case 'confirm':
            return waiting(received_);
          case 'gains':
            return own === undefined ? noRows : gains(own);
          case 'assessed':
            return own === undefined ? noRows : assessed(own);
        }
      };
      const firstYear = view.entries.reduce((first, { on }) => Math.min(first, financialYear(on)), lastYear);
      return {
        kind: 'tax',
        tab,
        fy,
        firstYear,
        lastYear,
        owner,
        owners: people,
        income: received_,
        toCome: coming,
        year: own,
        list: listOf(),
        isEmpty: view.entries.length === 0,
      };
    },
    /** The words for a recorded entry of any portfolio. */
    words,
  };
}

const noRows: ListModel = gainsList([]);
