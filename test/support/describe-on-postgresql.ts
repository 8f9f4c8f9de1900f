import { afterAll, beforeAll, describe } from 'vitest';
import { noPostgresql, type Postgresql, startPostgresql } from './postgresql.ts';

/** Tests on a PostgreSQL of their own, which they ask for when they run; skipped with the reason where there is none. */
export function describeOnPostgresql(name: string, tests: (postgresql: () => Postgresql) => void): void {
  describe.skipIf(noPostgresql)(noPostgresql ? `${name} (${noPostgresql})` : name, () => {
    let postgresql: Postgresql;
    beforeAll(async () => {
      postgresql = await startPostgresql();
    }, 60_000);
    afterAll(() => postgresql.stop());
    tests(() => postgresql);
  });
}
