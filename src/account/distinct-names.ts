/**
 * Names that the console has once, where devices have given one to several things: the oldest keeps it, the others are
 * shown with a number, `Main (2)`. Every device that knows the same things shows the same names.
 */

/** As SQLite's NOCASE compares. */
const folded = (name: string): string => name.replace(/[A-Z]/g, letter => letter.toLowerCase());

/** The name that each is shown by, by its id; the oldest come first. */
export function distinctNames(things: readonly { readonly id: string; readonly name: string }[]): Map<string, string> {
  const taken = new Set(things.map(({ name }) => folded(name)));
  const kept = new Set<string>();
  return new Map(
    things.map(({ id, name }) => {
      if (!kept.has(folded(name))) {
        kept.add(folded(name));
        return [id, name];
      }
      for (let number = 2; ; number++) {
        const other = `${name} (${number})`;
        if (taken.has(folded(other))) continue;
        taken.add(folded(other));
        kept.add(folded(other));
        return [id, other];
      }
    }),
  );
}
