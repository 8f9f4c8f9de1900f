/** The field that is being typed in, and what becomes of it: pure. */
import { entryKinds } from '../domain/ledger/entry.ts';
import { type Event, type ListName, type State, topScreen } from './state.ts';
import { emptyField, insertText, type TextField } from './text-field.ts';

export type FieldInUse = {
  readonly field: TextField;
  /** The event that puts a changed field back. */
  readonly put: (field: TextField) => Event;
};

/** The list of the screen in view, where it is one that can be filtered. */
export function filteredList(state: State): ListName | undefined {
  const screen = topScreen(state);
  if (screen.kind === 'signals') return screen.tab === 'card' ? undefined : (screen.tab ?? 'ensemble');
  if (screen.kind === 'notifications') return (screen.tab ?? 'inbox') === 'inbox' ? 'inbox' : undefined;
  return screen.kind === 'holdings' || screen.kind === 'watchlist' ? screen.kind : undefined;
}

export function fieldInUse(state: State): FieldInUse | undefined {
  const { overlay } = state;
  switch (overlay?.kind) {
    case 'palette':
      return {
        field: overlay.query,
        put: query => ({ type: 'overlay', overlay: { ...overlay, query, chosen: 0 } }),
      };
    case 'help':
      return overlay.typing
        ? { field: overlay.filter, put: filter => ({ type: 'overlay', overlay: { ...overlay, filter, top: 0 } }) }
        : undefined;
    case 'filter': {
      const list = filteredList(state);
      return (
        list && {
          field: state.lists[list].filter,
          put: filter => ({ type: 'list', list, change: { filter, top: 0 } }),
        }
      );
    }
    case 'entry-line':
      return {
        field: overlay.field,
        put: field => {
          const tried = overlay.tried && field.text === overlay.field.text;
          const recalled = field.text === overlay.field.text ? overlay.recalled : 0;
          return { type: 'overlay', overlay: { ...overlay, field, tried, recalled } };
        },
      };
    case 'sale':
      return { field: overlay.field, put: field => ({ type: 'overlay', overlay: { ...overlay, field } }) };
    case 'rebalance-prompt':
      return {
        field: overlay.field,
        put: field => ({ type: 'overlay', overlay: { ...overlay, field, trouble: undefined } }),
      };
    case 'account-prompt':
    case 'setting-prompt':
    case 'rule-prompt':
      return {
        field: overlay.field,
        put: field => ({ type: 'overlay', overlay: { ...overlay, field, trouble: undefined } }),
      };
    case 'import':
      return {
        field: overlay.field,
        put: field => ({ type: 'overlay', overlay: { kind: 'import', field, names: [] } }),
      };
    default:
      return undefined;
  }
}

const beginsEntry = (text: string): boolean => {
  const [word = ''] = text.trimStart().toLowerCase().split(' ', 1);
  return entryKinds.some(kind => kind === word);
};

/** A whole line where only what begins one stands: it takes its place. */
function replacesPrefill(state: State, text: string): boolean {
  const { overlay } = state;
  if (overlay?.kind !== 'entry-line' || overlay.edited !== undefined) return false;
  return overlay.prefill !== '' && overlay.field.text === overlay.prefill && beginsEntry(text);
}

/** The field with pasted text in it. */
export const pasteInto = (state: State, field: TextField, text: string): TextField =>
  insertText(replacesPrefill(state, text) ? emptyField : field, text);

/** Pasted text as it goes into the field in use; a Refusal where it is more than one entry. */
export function pastedText(state: State, text: string): { readonly text: string } | { readonly refusal: string } {
  const lines = text.split(/\r\n|[\r\n]/).filter(line => line.trim() !== '');
  if (state.overlay?.kind === 'entry-line' && lines.length > 1) {
    return { refusal: `${lines.length} lines were pasted, and an entry is one` };
  }
  return { text: text.replace(/[\r\n]+$/, '') };
}
