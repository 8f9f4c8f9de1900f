/**
 * Passwords as Argon2id hashes (RFC 9106; the cost that OWASP's password storage cheat sheet names first).
 *
 * An unknown account costs the same hash as a known one, so that time does not tell them apart. Hashes wait for each
 * other in a line that is bounded: who floods the login is told to come back, and memory stays where it is.
 */
import { refusal } from '../http/refusal.ts';
import { loadOptional } from './store/store.ts';

export type Passwords = Awaited<ReturnType<typeof openPasswords>>;

export type PasswordCost = {
  /** KiB of memory. */
  readonly memory: number;
  readonly passes: number;
};

const usualCost: PasswordCost = { memory: 19_456, passes: 2 };
/** Argon2id; the package's own name for it is a const enum, which is gone once compiled. */
const argon2id = 2;
const longestLine = 64;

export async function openPasswords(options: {
  readonly newSecret: () => string;
  readonly cost?: PasswordCost;
  /** Told of each hash that is made or checked. */
  readonly onWork?: () => void;
}) {
  const { cost = usualCost, onWork = () => undefined } = options;
  const argon2 = await loadOptional(() => import('@node-rs/argon2'), '@node-rs/argon2');
  const settings = { algorithm: argon2id, memoryCost: cost.memory, timeCost: cost.passes, parallelism: 1 };
  const nobodys = await argon2.hash(options.newSecret(), settings);
  let waiting = 0;
  const inLine = async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= longestLine) {
      throw refusal(503, 'Too many passwords are being checked; try again in a moment', { 'Retry-After': '1' });
    }
    waiting += 1;
    onWork();
    try {
      return await work();
    } finally {
      waiting -= 1;
    }
  };
  return {
    hash: (password: string): Promise<string> => inLine(() => argon2.hash(password, settings)),
    /** Whether the password is that of the hash; without a hash, of an account that is not there: never. */
    matches: async (hash: string | undefined, password: string): Promise<boolean> => {
      const isRight = await inLine(() => argon2.verify(hash ?? nobodys, password));
      return isRight && hash !== undefined;
    },
  };
}
