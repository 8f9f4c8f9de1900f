import { expect, test } from 'vitest';
import { plain } from '../../src/domain/decimal.ts';
import { listEntries } from '../../src/usecases/list-entries.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';

test('a return of capital is told in dollars, on the units of its record date', async () => {
  const { app } = await openTestApp();
  for (const line of [
    'buy 100 BHP @ 40 on 2024-01-02',
    'buy 50 BHP @ 40 on 2024-03-05',
    'return-of-capital BHP @ 0.25 on 2024-04-02',
    'return-of-capital BHP @ 0.10 record 2024-03-01 on 2024-05-01',
  ])
    recordEntry(app, line);
  const { rows } = listEntries(app, { kind: 'return-of-capital' });
  expect(rows.map(row => row.amount && plain(row.amount))).toEqual(['37.5', '10']);
});
