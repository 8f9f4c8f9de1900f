/** The value of a setting being typed. */
import type { Setting } from '../../usecases/manage-config.ts';
import type { SettingPrompt } from '../overlay.ts';
import type { Line } from '../text.ts';
import { fieldLine } from '../text-field.ts';
import { promptMargin as margin, promptWidth, promptWords, troubleWords } from './prompt.ts';

export function settingPromptLines(
  { field, trouble }: SettingPrompt,
  setting: Setting,
  options: { readonly width: number },
): Line[] {
  const width = promptWidth(options.width);
  const words = (text: string): Line[] => promptWords(text, 'dim', width);
  const { description, allowed, default: fallback, source, env } = setting;
  return [
    [{ text: '  › ', token: 'accent', bold: true }, ...fieldLine(field, width - margin)],
    ...troubleWords(trouble, width),
    [],
    ...words(`${description}.`),
    ...words(`It can be: ${allowed}.`),
    ...words(fallback === undefined ? 'Without it there is none.' : `Without it: ${fallback}.`),
    ...(source === 'environment'
      ? promptWords(`${env} in the environment holds before the file.`, 'warning', width)
      : []),
  ];
}
