import { describe, expect, it } from 'vitest';
import { decimal, money, plain, price, units } from '../../src/domain/decimal.ts';
import { parseCode } from '../../src/domain/market/security.ts';
import { createPortfolio } from '../../src/usecases/manage-portfolios.ts';
import { setOwnerFact } from '../../src/usecases/manage-tax-facts.ts';
import { type SalePreview, type SaleQuestion, viewSalePreview } from '../../src/usecases/preview-sale.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses } from './stored-market.ts';

const abc = parseCode('ABC');
const text = (amount: { toFixed: () => string } | undefined): string | undefined =>
  amount && plain(decimal(amount.toFixed()));

async function openAt(now: string, ...lines: string[]) {
  const { app } = await openTestApp({ now: at(now) });
  for (const line of lines) recordEntry(app, line);
  const preview = (wanted: string, more: Partial<SaleQuestion> = {}): SalePreview =>
    viewSalePreview(app, { code: abc, units: units(wanted), price: price('20'), ...more });
  return { app, preview };
}
const lots = ['buy 100 ABC @ 10 fee 10 on 2024-01-05', 'buy 100 ABC @ 18 fee 10 on 2026-02-02'];
const byMethod = (preview: SalePreview) =>
  preview.methods.map(each => [each.method, text(each.gain), text(each.taxableGain), text(each.tax)]);

describe('a sale that is only thought of', () => {
  it('brings the gain of each method, and tax where a marginal rate is known', async () => {
    const { app, preview } = await openAt('2026-03-03T00:00Z', ...lots);
    const before = preview('100');
    expect([text(before.brokerage), before.brokerageFrom, text(before.proceeds)]).toEqual(['10', 'last trade', '1990']);
    expect(byMethod(before)).toEqual([
      ['fifo', '980', '490', undefined],
      ['lifo', '180', '180', undefined],
      ['highest-cost', '180', '180', undefined],
      ['least-tax', '180', '180', undefined],
    ]);
    setOwnerFact(app, { financialYear: 2025, fact: 'marginal-rate-pct', value: decimal('39') });
    expect(byMethod(preview('100', { method: 'fifo', brokerage: money('0') }))).toEqual([
      ['fifo', '990', '495', '193.05'],
    ]);
  });

  it('says what waiting for the discount saves, and until when', async () => {
    const { preview } = await openAt('2027-01-24T00:00Z', 'buy 100 ABC @ 10 on 2026-02-02');
    const [fifo] = preview('100', { method: 'fifo' }).methods;
    expect(fifo?.waiting.map(each => [each.on, each.days, text(each.saves)])).toEqual([['2027-02-03', 10, '500']]);
    const sold = preview('100', { method: 'fifo', on: fifo?.waiting[0]?.on });
    expect([sold.methods[0]?.waiting, text(sold.methods[0]?.taxableGain)]).toEqual([[], '500']);
  });

  it("changes the year's net capital gain by what its losses leave", async () => {
    const { app, preview } = await openAt('2026-03-03T00:00Z', ...lots);
    setOwnerFact(app, { financialYear: 2026, fact: 'losses-brought-in', value: decimal('1000') });
    const [owner] = preview('100', { method: 'fifo' }).methods[0]?.owners ?? [];
    expect([owner?.netCapitalGainBefore, owner?.netCapitalGainAfter, owner?.lossesCarriedOutAfter].map(text)).toEqual([
      '0',
      '0',
      '20',
    ]);
  });

  it('of a joint portfolio is of each owner', async () => {
    const { app } = await openAt('2026-03-03T00:00Z');
    createPortfolio(app, 'Joint', { owners: 'Ann 60, Bob 40' });
    recordEntry(app, 'buy 100 ABC @ 10 on 2024-01-05');
    const [fifo] = viewSalePreview(app, { code: abc, units: units('100'), price: price('20'), method: 'fifo' }).methods;
    expect(fifo?.owners.map(each => [each.owner.name, text(each.gain)])).toEqual([
      ['Ann', '600'],
      ['Bob', '400'],
    ]);
    expect(text(fifo?.gain)).toBe('1000');
  });

  it('warns of a wash sale, done or to come', async () => {
    const bought = await openAt('2026-03-03T00:00Z', 'buy 100 ABC @ 30 on 2024-01-05', 'buy 10 ABC @ 20 on 2026-02-20');
    expect(bought.preview('100', { method: 'fifo' }).warnings).toEqual([
      'ABC was bought on 2026-02-20, within 30 days of this sale at a loss: a wash sale (TR 2008/1)',
    ]);
    const alone = await openAt('2026-03-03T00:00Z', 'buy 100 ABC @ 30 on 2024-01-05');
    expect(alone.preview('100').warnings[0]).toContain('a buy of ABC within 30 days would make it a wash sale');
  });

  it('uses the known price, and refuses what cannot be', async () => {
    const { app, preview } = await openAt('2026-03-03T00:00Z', ...lots);
    expect(() => preview('1', { price: undefined })).toThrow('There is no price of ABC yet');
    storeCloses(app, { ABC: { '2026-03-02': '19' } });
    expect(text(preview('1', { price: undefined }).price)).toBe('19');
    expect(() => preview('201')).toThrow('ABC: sell 201, held 200 on 2026-03-03 in Main');
    expect(() => preview('1', { on: '2024-01-01' as never })).toThrow('held 0 on 2024-01-01');
  });

  it('of a parcel of unknown cost has an unknown gain', async () => {
    const { preview } = await openAt('2026-03-03T00:00Z', 'opening 10 ABC cost unknown on 2024-01-05');
    const result = preview('10');
    expect(byMethod(result)[0]).toEqual(['fifo', undefined, undefined, undefined]);
    expect(result.warnings[0]).toContain('is unknown');
  });
});
