/** The account server's sync as a device sees it: requests to the real application in this process. */
import type { InboxServer, SyncServer } from '../../src/account/sync-server.ts';
import { Failure, type FailureCode } from '../../src/failure.ts';
import type { Reply, TestServer } from './account-server.ts';

const codes: Readonly<Record<number, FailureCode>> = { 401: 'unauthorised', 409: 'refused', 422: 'refused' };

export function syncServerOf(server: TestServer, token: string): SyncServer & InboxServer {
  const taken = ({ status, body }: Reply) => {
    if (status === 200) return body;
    throw new Failure(codes[status] ?? 'unavailable', `The account server says: ${JSON.stringify(body.detail)}`);
  };
  return {
    push: async rows => taken(await server.send('POST', '/sync/push', { token, body: { rows } })),
    settings: async () => taken(await server.send('GET', '/users/me/settings', { token })),
    uploadNotifications: async notifications =>
      taken(await server.send('POST', '/notifications', { token, body: { notifications } })),
    pull: async ({ since, limit = 500 }) =>
      taken(await server.send('GET', `/sync/pull?since=${encodeURIComponent(since)}&limit=${limit}`, { token })),
  };
}
