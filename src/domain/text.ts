/**
 * Text that came from outside: company names, news, file cells, provider messages.
 *
 * Model: one line of plain text. Rule: a terminal obeys control bytes wherever they come from (ECMA-48), and Unicode has
 * characters that reorder or hide what stands beside them (UAX #9, "Trojan Source"); so nothing from outside is drawn or
 * printed before it went through `harmless`. Troubles a user sees: none; the text is shown without the parts that act.
 */

/** CSI, then the string sequences (OSC, DCS, SOS, PM, APC) up to their end, then two-byte escapes; 7-bit and 8-bit. */
const sequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]+[0-~]|\u001b[0-~]/g;
/** Zero-width and bidirectional characters, variation selectors, tags: all that draws nothing by itself. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const space = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const controls = /\p{Cc}/gu;
/** Two marks on a letter serve every language a name is written in; more would paint over the lines around it. */
const piledMarks = /(\p{M}{2})\p{M}+/gu;

/**
 * One line without escape sequences, control characters, bidirectional overrides and zero-width characters. Line breaks
 * and tabs become one space, a lone surrogate becomes U+FFFD. Harmless text comes back as it was.
 */
export function harmless(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .toWellFormed()
    .replace(invisible, '')
    .replace(sequences, '')
    .replace(space, ' ')
    .replace(controls, '')
    .replace(piledMarks, '$1');
}
