import { describe, expect, it } from 'vitest';
import { schemaOf } from '../../../src/cli/schemas.ts';
import { openTrader } from '../../support/cli.ts';

describe('alert preferences', () => {
  it('are listed, changed one at a time and all at once', async () => {
    const { asxos } = await openTrader();
    expect((await asxos('alerts preferences')).out).toMatchInlineSnapshot(`
      "Type                Told  How often  Confidence  Loss  Gain
      signal_strong_buy   yes   immediate        0.70
      signal_strong_sell  yes   immediate        0.70
      signal_change       yes   immediate        0.00
      drift_detected      yes   immediate        0.70
      portfolio_alert     yes   immediate        0.70   10%   15%
      model_update        yes   immediate        0.70

      The system tells you of its troubles whatever is off. Everything told is in the inbox at once.
      "
    `);
    const set = async (line: string) => {
      const answer = JSON.parse((await asxos(`alerts preferences set ${line} --json`)).out);
      expect(schemaOf('alert-preferences/1').safeParse(answer).error).toBeUndefined();
      return answer.data.preferences;
    };
    expect(await set('portfolio-alert --loss-pct 12.5% --gain-pct 25 --enabled no')).toEqual([
      {
        ...{ type: 'portfolio_alert', enabled: false, frequency: 'immediate', minConfidence: 0.7 },
        ...{ lossPct: 12.5, gainPct: 25 },
      },
    ]);
    expect(await set('all --frequency weekly --min-confidence 0.6')).toHaveLength(6);
    const { preferences } = JSON.parse((await asxos('alerts preferences list --json')).out).data;
    expect(preferences).toMatchObject([{}, {}, {}, {}, { enabled: false, lossPct: 12.5, frequency: 'weekly' }, {}]);
    expect(preferences[0].lossPct).toBeNull();
  });

  it.each([
    ['nothing --enabled no', '"nothing" is not a type of alert'],
    ['all', 'What to change of "all" is not said'],
    ['all --frequency hourly', '--frequency'],
    ['all --min-confidence 70%', 'The confidence is 70, which is not a number from 0 to 1, like 0.7'],
    ['all --min-confidence much', '--min-confidence is "much", which is not a number'],
    ['model_update --loss-pct 10', 'model_update has no threshold of loss or gain'],
    ['portfolio_alert --loss-pct 101', 'The loss is 101, which is not a percentage from 0 to 100, like 10'],
  ])('set %s is refused', async (line, words) => {
    const { asxos } = await openTrader();
    const { code, err } = await asxos(`alerts preferences set ${line}`);
    expect(code).toBe(64);
    expect(err).toContain(words);
  });
});
