/** How well a typed text matches a name: letters in order, better the closer together and the nearer to word starts. */

const isStart = (text: string, at: number): boolean => at === 0 || /[\s\u00b7.&/-]/.test(text[at - 1] ?? ' ');

/** Higher is better; undefined where a letter is missing. The empty text matches everything alike. */
export function matchScore(typed: string, name: string): number | undefined {
  const wanted = typed.toLowerCase().replace(/\s+/g, '');
  const text = name.toLowerCase();
  if (wanted === '') return 0;
  if (text === wanted) return 1000;
  const whole = text.indexOf(wanted);
  if (whole >= 0) return 500 - Math.min(200, whole) + (isStart(text, whole) ? 300 : 0) - text.length / 100;
  let score = 0;
  let from = 0;
  let before = -2;
  for (const letter of wanted) {
    const at = text.indexOf(letter, from);
    if (at === -1) return undefined;
    score += (at === before + 1 ? 5 : 0) + (isStart(text, at) ? 8 : 0) - Math.min(5, at - from);
    before = at;
    from = at + 1;
  }
  return score - text.length / 100;
}
