import { expect, it } from 'vitest';
import { defaultRules } from '../../../src/domain/alerts/default-rules.ts';
import { formatRule } from '../../../src/domain/alerts/rule.ts';

const texts = (settings?: Record<string, unknown>) =>
  defaultRules(settings === undefined ? [] : [{ type: 'portfolio_alert', enabled: true, settings }]).map(
    each => `${formatRule(each.rule)} ${each.priority}`,
  );

it('are a loss of high priority and a gain', () =>
  expect(texts()).toEqual(['any loss > 10% high', 'any gain > 15% normal']));

it('follow the thresholds of the preference', () =>
  expect(texts({ loss_pct: 7.5, gain_pct: '20' })).toEqual(['any loss > 7.5% high', 'any gain > 20% normal']));

it.each([[-3], ['ten'], [null], [1e9], [Number.NaN], [{}]])('a threshold of %j is the usual one', loss_pct =>
  expect(texts({ loss_pct })).toEqual(texts()),
);
