/** What was last said of the holdings, by class, on the Dashboard: which stand out, how many there are of each. */
import { signalClasses } from '../../domain/signals/classes.ts';
import type { ShortSignal } from '../../domain/signals/short-signal.ts';
import { formatDateShort } from '../../format.ts';
import type { PortfolioView } from '../../usecases/view-portfolio.ts';
import { heading } from '../blocks.ts';
import { classCell } from '../signal-cells.ts';
import { displayWidth, type Line } from '../text.ts';

const classWidth = 12;
const countWidth = 3;

/** Empty while nothing was said of what is held. */
export function signalLines({ signals, holdings }: PortfolioView, width: number): Line[] {
  const said = holdings.flatMap(({ code }) => signals.get(code) ?? []);
  const [first] = said;
  if (first === undefined) return [];
  const newest = said.reduce((day, each) => (each.asOf > day ? each.asOf : day), first.asOf);
  const rows = signalClasses.flatMap(signal => {
    const own = said.filter(each => !each.isOld && each.signal === signal);
    return own.length === 0 ? [] : [classLine(signal, own, width)];
  });
  const old = said.filter(each => each.isOld).length;
  const silent = said.length - old - said.filter(each => !each.isOld && each.signal !== undefined).length;
  const rest = [...(silent > 0 ? [`${silent} abstained`] : []), ...(old > 0 ? [`${old} too old to act on`] : [])].join(
    ', ',
  );
  return [
    [...heading('Signals'), { text: ` of ${formatDateShort(newest)}`, token: 'dim' }],
    ...rows,
    ...(rest === '' ? [] : [[{ text: rest, token: 'dim' } as const]]),
  ];
}

/** `BUY          4  WOW WES TLS +1`; a HOLD asks for nothing, so its codes are dim. */
function classLine(signal: ShortSignal['signal'], own: readonly ShortSignal[], width: number): Line {
  const { text, ...look } = classCell(signal);
  const codes = codesIn(
    own.map(each => each.code),
    width - classWidth - countWidth - 2,
  );
  return [
    { text: text.padEnd(classWidth), ...look },
    { text: String(own.length).padStart(countWidth) },
    { text: `  ${codes}`, ...(signal === 'HOLD' ? { token: 'dim' as const } : {}) },
  ];
}

/** As many as there is room for, then how many more. */
function codesIn(codes: readonly string[], width: number): string {
  for (let count = codes.length; count > 0; count -= 1) {
    const more = count < codes.length ? ` +${codes.length - count}` : '';
    const text = `${codes.slice(0, count).join(' ')}${more}`;
    if (displayWidth(text) <= width) return text;
  }
  return '';
}
