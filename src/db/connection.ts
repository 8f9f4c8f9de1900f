import Sqlite from 'better-sqlite3';
import { databaseTrouble, troubled } from './trouble.ts';

/**
 * A SQLite connection whose every statement throws a `Failure` for expected trouble (locked, full, damaged), whoever
 * prepared it: our own queries or drizzle's.
 */
export class Connection extends Sqlite {
  override prepare<Bound extends unknown[] | object = unknown[], Row = unknown>(source: string) {
    const path = this.name;
    const statement = troubled(path, () => super.prepare<Bound, Row>(source));
    const { run, get, all } = statement;
    const guard =
      <Args extends unknown[], Result>(call: (...args: Args) => Result) =>
      (...args: Args): Result => {
        try {
          return call.apply(statement, args);
        } catch (error) {
          throw databaseTrouble(error, path);
        }
      };
    return Object.assign(statement, { run: guard(run), get: guard(get), all: guard(all) });
  }

  override exec(source: string): this {
    return troubled(this.name, () => super.exec(source));
  }

  override pragma(source: string, options?: Sqlite.PragmaOptions): unknown {
    return troubled(this.name, () => super.pragma(source, options));
  }
}

/** Opens the file at `path`, or a database in memory for `:memory:`. */
export const connect = (path: string, options: { readOnly: boolean }): Connection =>
  troubled(path, () => new Connection(path, { readonly: options.readOnly, timeout: busyTimeout }));

/** Milliseconds that a writer waits for another process's transaction. */
export const busyTimeout = 5000;
