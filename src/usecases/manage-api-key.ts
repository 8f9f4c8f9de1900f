/** The key of the local API: making, removing and checking it. Only its digest is kept. */
import { join } from 'node:path';
import type { App } from '../app.ts';
import { Failure } from '../failure.ts';
import { hasApiKey, isApiKey, makeApiKey, readDigest, removeApiKey } from '../host/api-key.ts';

const fileOf = (app: App): string => join(app.dataDir, 'api-key');

export type NewApiKey = {
  readonly key: string;
  /** Whether there was one before, which opens nothing any more. */
  readonly replaced: boolean;
  /** Where its digest is kept. */
  readonly file: string;
};

export function newApiKey(app: App): NewApiKey {
  const file = fileOf(app);
  const replaced = hasApiKey(file);
  return { key: makeApiKey(file), replaced, file };
}

/** False where there was none. */
export const forgetApiKey = (app: App): boolean => removeApiKey(fileOf(app));

/** The check of a key. It reads the digest each time: a new key counts at once. A Failure where there is no key to check. */
export function openApiKeyCheck(app: App): (given: string) => boolean {
  const file = fileOf(app);
  if (readDigest(file) === undefined) {
    const demo = app.simulated ? '--demo ' : '';
    throw new Failure('refused', 'There is no key yet that opens the API', {
      hint: `Make one, which is shown once: asxos ${demo}api key.`,
    });
  }
  return given => isApiKey(file, given);
}
