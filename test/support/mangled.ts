/** Text that was right once: cut, doubled, swapped, with words of another kind and characters that mean something. */

const pieces = [
  ...[
    '',
    ' ',
    ',',
    '"',
    "'",
    '\n',
    '\r\n',
    '\t',
    ';',
    '|',
    '\u0000',
    '\ufeff',
    '\u001b[2J',
    '\u202e',
    '\ud800',
    'é',
    '株',
    '👨‍👩‍👧',
  ],
  ...[
    '0',
    '-1',
    '1e999',
    '1e-999',
    '99999999999999999999',
    '0.1',
    '.',
    '-',
    '+5',
    '1,000',
    '1.2.3',
    'NaN',
    'Infinity',
    '٣',
    '½',
  ],
  ...['2026-02-30', '30/2/2024', '29/02/2023', '1/1/0001', '9999-12-31', '2024-1-1', '0000-00-00', 'today'],
  ...[
    '=1+1',
    '@SUM(A1)',
    '$(id)',
    "'; drop table entries; --",
    '{{7*7}}',
    '../../etc/passwd',
    '%00',
    '\\u0000',
    '__proto__',
  ],
  ...[
    'buy',
    'SELL',
    'B',
    'S',
    'BHP',
    'BHP.AX',
    'any',
    'null',
    'NA',
    'None',
    'true',
    '[]',
    '{}',
    '(',
    ')',
    'and',
    'not',
    '>',
    '<=',
    '%',
  ],
];

export function mangled(text: string, random: () => number): string {
  let now = text;
  const at = (): number => Math.floor(random() * (now.length + 1));
  const piece = (): string => pieces[Math.floor(random() * pieces.length)] ?? '';
  for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1) {
    const [from, to] = [at(), at()].toSorted((a, b) => a - b) as [number, number];
    const dice = random();
    if (dice < 0.35) now = now.slice(0, from) + piece() + now.slice(from);
    else if (dice < 0.6) now = now.slice(0, from) + piece() + now.slice(Math.min(to, from + 12));
    else if (dice < 0.7) now = now.slice(0, from) + now.slice(to);
    else if (dice < 0.8) now = now.slice(0, to) + now.slice(from);
    else if (dice < 0.9) now = now.slice(0, from);
    else now = now.slice(0, from) + String.fromCharCode(Math.floor(random() * 0x2ff)) + now.slice(from + 1);
    if (now.length > 5000) now = now.slice(0, 5000);
  }
  return now;
}
