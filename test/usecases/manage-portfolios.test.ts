import { describe, expect, it } from 'vitest';
import { plain } from '../../src/domain/decimal.ts';
import {
  archivePortfolio,
  changePortfolio,
  choosePortfolio,
  createPortfolio,
  renamePortfolio,
  viewPortfolios,
} from '../../src/usecases/manage-portfolios.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';

const open = async () => (await openTestApp()).app;
const owners = (portfolio: ReturnType<typeof createPortfolio>) =>
  portfolio.owners.map(each => `${each.name} ${plain(each.pct)} ${each.taxpayer}`);

describe('portfolios', () => {
  it('the first becomes the current one; an owner is named like it unless given', async () => {
    const app = await open();
    expect(owners(createPortfolio(app, 'Family SMSF', { taxpayer: 'smsf' }))).toEqual(['Family SMSF 100 smsf']);
    createPortfolio(app, 'Trading', { owner: 'Ann', cash: true, method: 'lifo' });
    expect(
      viewPortfolios(app).portfolios.map(each => [each.name, each.current, each.cashAccount, each.method]),
    ).toEqual([
      ['Family SMSF', true, false, 'fifo'],
      ['Trading', false, true, 'lifo'],
    ]);
    choosePortfolio(app, 'trading');
    expect(recordEntry(app, 'buy 1 BHP @ 40 on 2024-02-01').portfolio).toBe('Trading');
  });

  it('a joint one has two owners, who may own others alone', async () => {
    const app = await open();
    createPortfolio(app, 'Ann', { owner: 'Ann' });
    const joint = createPortfolio(app, 'Joint', { owners: 'Ann 50, Bob 50' });
    expect(owners(joint)).toEqual(['Ann 50 individual', 'Bob 50 individual']);
    const ann = viewPortfolios(app).portfolios[0]?.owners[0];
    expect(joint.owners[0]?.id).toBe(ann?.id);
  });

  it('that cannot be made leaves nothing behind, not even its owners', async () => {
    const app = await open();
    createPortfolio(app, 'Main', { owner: 'Ann' });
    expect(() => createPortfolio(app, 'main', { owner: 'Bob' })).toThrow(expect.objectContaining({ code: 'refused' }));
    expect(() => createPortfolio(app, 'Other', { owner: 'Ann', taxpayer: 'company' })).toThrow(
      'The owner "Ann" is already known as individual, not company',
    );
    expect(() => createPortfolio(app, 'Other', { owner: 'Ann', owners: 'Ann 100' })).toThrow(
      'Use --owner or --owners, not both',
    );
    expect(viewPortfolios(app, { archived: true }).portfolios).toHaveLength(1);
    // Bob was not left behind as an individual.
    expect(owners(createPortfolio(app, 'Bob', { owner: 'Bob', taxpayer: 'trust' }))).toEqual(['Bob 100 trust']);
  });

  it('is renamed, archived and brought back', async () => {
    const app = await open();
    createPortfolio(app, 'Main');
    createPortfolio(app, 'Old');
    expect(renamePortfolio(app, 'main', 'Ours').name).toBe('Ours');
    expect(archivePortfolio(app, 'Old').archivedAt).toBe(app.now());
    expect(viewPortfolios(app).portfolios.map(each => each.name)).toEqual(['Ours']);
    expect(() => archivePortfolio(app, 'Old')).toThrow('The portfolio "Old" is archived already');
    expect(() => choosePortfolio(app, 'Old')).toThrow('The portfolio "Old" is archived');
    expect(() => recordEntry(app, 'buy 1 BHP @ 1', { portfolio: 'Old' })).toThrow('The portfolio "Old" is archived');
    expect(archivePortfolio(app, 'Old', { restore: true }).archivedAt).toBeUndefined();
    expect(() => archivePortfolio(app, 'Old', { restore: true })).toThrow('The portfolio "Old" is not archived');
  });

  it('is changed in part, and an unclear change is refused', async () => {
    const app = await open();
    createPortfolio(app, 'Main');
    const changed = changePortfolio(app, 'Main', { taxpayer: 'trust', cash: true, method: 'highest-cost' });
    expect([owners(changed), changed.cashAccount, changed.method]).toEqual([['Main 100 trust'], true, 'highest-cost']);
    changePortfolio(app, 'Main', { owners: 'Ann 60, Bob 40' });
    expect(() => changePortfolio(app, 'Main', { taxpayer: 'company' })).toThrow('The portfolio "Main" has 2 owners');
    expect(owners(changePortfolio(app, 'Main', { cash: false }))).toEqual(['Ann 60 individual', 'Bob 40 individual']);
  });
});
