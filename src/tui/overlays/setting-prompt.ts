/** The value of a setting being typed. */
import type { Setting } from '../../usecases/manage-config.ts';
import type { Line } from '../text.ts';
import { fieldLine } from '../text-field.ts';
import type { SettingPrompt } from '../typed-overlays.ts';
import { wrap } from '../wrap.ts';

const margin = 4;

export function settingPromptLines(
  { field, trouble }: SettingPrompt,
  setting: Setting,
  options: { readonly width: number },
): Line[] {
  const width = Math.min(110, options.width - 2);
  const paragraph = (text: string, token: 'dim' | 'warning'): Line[] =>
    wrap(text, width - margin).map(line => [{ text: `${' '.repeat(margin)}${line}`, token }]);
  const { description, allowed, default: fallback, source, env } = setting;
  return [
    [{ text: '  › ', token: 'accent', bold: true }, ...fieldLine(field, width - margin)],
    ...(trouble === undefined
      ? []
      : paragraph(`! ${trouble.message}${trouble.hint === undefined ? '' : `. ${trouble.hint}`}`, 'warning')),
    [],
    ...paragraph(`${description}.`, 'dim'),
    ...paragraph(`It can be: ${allowed}.`, 'dim'),
    ...paragraph(fallback === undefined ? 'Without it there is none.' : `Without it: ${fallback}.`, 'dim'),
    ...(source === 'environment' ? paragraph(`${env} in the environment holds before the file.`, 'warning') : []),
  ];
}
