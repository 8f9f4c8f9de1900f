import { describe, expect, it } from 'vitest';
import { demoNotifications } from '../../src/demo/notifications.ts';

const now = 1_795_000_000_000;

describe("the demo's inbox", () => {
  it('has a sample of every type and every priority, newest first, none from the future', () => {
    const inbox = demoNotifications(now);
    expect(new Set(inbox.map(item => item.type))).toEqual(
      new Set(['signal_change', 'portfolio_alert', 'system', 'drift_detected', 'model_update']),
    );
    expect(new Set(inbox.map(item => item.priority))).toEqual(new Set(['low', 'normal', 'high', 'urgent']));
    const times = inbox.map(item => item.createdAt);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Math.max(...times)).toBeLessThan(now);
    expect(inbox.every(item => item.title.length <= 60 && item.message.endsWith('.'))).toBe(true);
  });
});
