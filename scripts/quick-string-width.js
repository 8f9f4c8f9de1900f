// Stands in for string-width in the bundle: the same answers, without loading its tables for text that has one cell each.

/** ASCII, Latin, dashes and quotes, arrows, box drawing, blocks, the geometric shapes in use, braille. */
const oneCellEach =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2190-\u22ff\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;

let whole;

export default function stringWidth(text, options) {
  if (typeof text === 'string' && oneCellEach.test(text) && options?.ambiguousIsNarrow !== false) return text.length;
  whole ??= require('string-width').default;
  return whole(text, options);
}
