import { describe, expect, it } from 'vitest';
import type { Failure } from '../../src/failure.ts';
import { addAlert, removeAlerts, viewAlerts } from '../../src/usecases/manage-alerts.ts';
import { recordEntry } from '../../src/usecases/record-entry.ts';
import { openTestApp } from '../support/app.ts';
import { at, storeCloses, storeListed } from './stored-market.ts';

const now = at('2026-03-03T00:00Z');
const listed = [...Array.from({ length: 99 }, (_, index) => `A${String(index).padStart(2, '0')}`), 'BHP'];

describe('adding', () => {
  it('says where it stands, and a rule that is there already keeps its number', async () => {
    const { app } = await openTestApp({ now });
    storeCloses(app, { BHP: { '2026-03-02': '44' } });
    const first = addAlert(app, 'bhp above $45', undefined);
    expect(first.view).toMatchObject({
      alert: { id: 3, text: 'BHP above 45', priority: 'normal', origin: 'user' },
      watched: [{ code: 'BHP', standing: { is: 'price', met: false }, state: undefined }],
    });
    expect([first.added, first.warnings]).toEqual([
      true,
      ['BHP is not in the stored symbol list; fetch it: asxos refresh universe'],
    ]);
    const again = addAlert(app, 'BHP above 45.00', 'high');
    expect([again.added, again.view.alert.id, again.view.alert.priority]).toEqual([false, 3, 'high']);
  });

  it('refuses a code that the stored list does not hold, and names the nearest', async () => {
    const { app } = await openTestApp({ now });
    storeListed(app, listed);
    expect(addAlert(app, 'BHP above 45', undefined).warnings).toEqual([]);
    const refused = (rule: string): Failure | undefined => {
      try {
        addAlert(app, rule, undefined);
      } catch (error) {
        return error as Failure;
      }
      return undefined;
    };
    expect(refused('BHQ above 45')).toMatchObject({
      code: 'not-found',
      message: 'There is no security with the code BHQ',
      hint: 'Did you mean BHP?',
    });
    expect(refused('BHP abov 45')).toMatchObject({ code: 'invalid-input' });
    expect(viewAlerts(app).alerts).toHaveLength(3);
  });

  it('takes a code that was traded once, though it has left the exchange', async () => {
    const { app } = await openTestApp({ now });
    storeListed(app, listed);
    recordEntry(app, 'buy 10 OLD @ 1 on 2026-02-02');
    expect(addAlert(app, 'OLD stale > 5d', undefined).added).toBe(true);
  });
});

describe('removing', () => {
  it('of a number that is none removes nothing', async () => {
    const { app } = await openTestApp({ now });
    const ids = viewAlerts(app).alerts.map(each => each.alert.id);
    expect(() => removeAlerts(app, [...ids, 99])).toThrow('There is no alert 99');
    expect(viewAlerts(app).alerts).toHaveLength(2);
    expect(removeAlerts(app, [1, 1]).map(each => each.text)).toEqual(['any loss > 10%']);
  });
});
