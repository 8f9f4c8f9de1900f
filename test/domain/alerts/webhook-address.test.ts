import { expect, it } from 'vitest';
import { formatOfAddress, isWebhookAddress, shownAddress } from '../../../src/domain/alerts/webhook-address.ts';

it('is a web address without a password in it', () => {
  expect(isWebhookAddress('https://hooks.slack.com/services/T0/B0/secret')).toBe(true);
  expect(isWebhookAddress('https://ntfy.sh/topic?auth=secret')).toBe(true);
  expect(isWebhookAddress('http://192.168.1.4:8080/x')).toBe(true);
  for (const wrong of ['ntfy.sh/topic', 'ftp://ntfy.sh/x', 'https://ann:pw@ntfy.sh/x', 'https://x/#y', '']) {
    expect(isWebhookAddress(wrong)).toBe(false);
  }
});

it('shows the server alone', () => {
  expect(shownAddress('https://hooks.slack.com/services/T0/B0/secret')).toBe('https://hooks.slack.com/…');
  expect(shownAddress('https://ntfy.sh/?auth=secret')).toBe('https://ntfy.sh/…');
  expect(shownAddress('https://example.com')).toBe('https://example.com/');
  expect(shownAddress('hooks.slack.com/services/secret')).toBe('…');
});

it('ntfy and Slack are known by their names', () => {
  expect(formatOfAddress('https://hooks.slack.com/services/x')).toBe('slack');
  expect(formatOfAddress('https://ntfy.sh/x')).toBe('ntfy');
  expect(formatOfAddress('https://ntfy.example.com/x')).toBe('ntfy');
  expect(formatOfAddress('https://example.com/ntfy.sh')).toBe('json');
});
