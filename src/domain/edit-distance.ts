/** Letters to change, insert, drop or swap to turn one word into the other (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (above[j - 1] as number) + (same ? 0 : 1),
        swapped ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = above;
    above = row;
  }
  return above[b.length] as number;
}

/** The one of `names` that `word` was most likely meant to be, in any case; undefined where none is near. */
export function nearestName<Name extends string>(word: string, names: readonly Name[]): Name | undefined {
  const letters = word.trim().toLowerCase();
  const begun = letters.length < 2 ? undefined : names.find(name => name.toLowerCase().startsWith(letters));
  if (begun !== undefined) return begun;
  const near = names.flatMap(name => {
    const whole = editDistance(letters, name.toLowerCase());
    const beginning = editDistance(letters, name.toLowerCase().slice(0, letters.length + 1));
    const isNear = whole <= Math.max(2, letters.length / 2) || beginning <= letters.length / 3;
    return isNear ? [{ name, distance: Math.min(whole, beginning) }] : [];
  });
  return near.sort((a, b) => a.distance - b.distance)[0]?.name;
}
