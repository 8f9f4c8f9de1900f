/** Whether the API answers and its data can be read. */
import { z } from 'zod';
import { errorFacts } from '../../http/log.ts';
import { refusal } from '../../http/refusal.ts';
import { dataRevision } from '../../usecases/follow-changes.ts';
import type { Endpoints, Parts } from '../parts.ts';
import { ok, text } from '../values.ts';

const healthAnswer = z.object({ status: ok, version: text });

export function addHealth(endpoints: Endpoints, { app, log, version }: Parts): void {
  endpoints.open(
    { method: 'get', path: '/health', summary: 'Whether the API and its data answer', answer: healthAnswer },
    () => {
      try {
        dataRevision(app);
      } catch (error) {
        log('error', 'data does not answer', errorFacts(error));
        throw refusal(503, 'The data does not answer', { 'Retry-After': '5' });
      }
      return { status: 'ok' as const, version };
    },
  );
}
