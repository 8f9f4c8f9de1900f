/**
 * The address of a webhook. Whoever knows it can post there, so its path, its query and what stands in them are a secret:
 * only the server is shown. Troubles a user sees: an address that is none, or that carries a name and a password.
 */

/** A web address without a name and a password in it. That http is for one's own network is seen when it is used. */
export function isWebhookAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username + password + hash === '';
}

/** `https://hooks.slack.com/…`. */
export function shownAddress(text: string): string {
  if (!URL.canParse(text)) return '…';
  const { protocol, host, pathname, search } = new URL(text);
  return `${protocol}//${host}${pathname === '/' && search === '' ? '/' : '/…'}`;
}

/** How ntfy and Slack are told from other receivers. */
export function formatOfAddress(text: string): 'ntfy' | 'slack' | 'json' {
  const host = URL.canParse(text) ? new URL(text).hostname : '';
  if (host === 'hooks.slack.com' || host === 'hooks.slack-gov.com') return 'slack';
  return host === 'ntfy.sh' || host.startsWith('ntfy.') ? 'ntfy' : 'json';
}
