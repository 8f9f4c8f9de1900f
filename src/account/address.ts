/** The address of the account server: which ones may be given a password or a token. */
import { isLoopbackHost } from '../domain/web-address.ts';
import { Failure } from '../failure.ts';

const hint = 'Set it with: asxos config set accountUrl https://accounts.example.com';

export const missingAddress = (): Failure =>
  new Failure('unauthorised', 'No account server is set', {
    hint: `An account is optional. ${hint}; then: asxos account login NAME.`,
  });

/** The address without a slash at its end. Throws where it is not https (plain http only on this machine). */
export function parseServer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Failure('invalid-input', 'accountUrl is not a web address', { hint });
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new Failure('invalid-input', `The account server's address at ${url.host} has a user, a query or a # in it`, {
      hint,
    });
  }
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw new Failure('invalid-input', `http://${url.host} would send your password and tokens unencrypted`, {
      hint: `Use an https address: asxos config set accountUrl https://${url.host}. Plain http is for this machine alone.`,
    });
  }
  return url.href.replace(/\/+$/, '');
}
