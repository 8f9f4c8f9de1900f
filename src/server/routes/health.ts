/** Whether this instance can serve: what a balancer asks. */
import { z } from 'zod';
import { errorFacts } from '../../http/log.ts';
import { refusal } from '../../http/refusal.ts';
import type { Endpoints } from '../identity.ts';
import type { Parts } from '../parts.ts';
import { ask } from '../store/store.ts';

const healthAnswer = z.object({ status: z.literal('ok'), version: z.string() });

export function addHealth(endpoints: Endpoints, { db, log, version }: Parts): void {
  endpoints.open(
    { method: 'get', path: '/health', summary: 'Whether the server and its store answer', answer: healthAnswer },
    async () => {
      try {
        await ask(db);
      } catch (error) {
        log('error', 'store does not answer', errorFacts(error));
        throw refusal(503, 'The store does not answer', { 'Retry-After': '5' });
      }
      return { status: 'ok' as const, version };
    },
  );
}
