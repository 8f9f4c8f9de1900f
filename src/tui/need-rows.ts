import type { LocalDate } from '../domain/date.ts';
import type { Need } from '../usecases/view-dashboard.ts';
import { needWords } from './need-words.ts';
import type { Line } from './text.ts';
import { wrap } from './wrap.ts';

/** What needs attention in rows, with a mark that says whether it is urgent. */
export function needRows(need: Need, today: LocalDate, width: number): Line[] {
  const { text, urgent } = needWords(need, today);
  return wrap(text, width - 2).map((row, index): Line => {
    if (index > 0) return [{ text: `  ${row}` }];
    return [urgent ? { text: '! ', token: 'warning' } : { text: '· ', token: 'dim' }, { text: row }];
  });
}
