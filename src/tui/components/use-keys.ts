import { EventEmitter } from 'node:events';
import { useInput, usePaste, useStdin } from 'ink';
import { useEffect, useRef } from 'react';
import { readKeys } from '../keys.ts';

/** Ink emits each event as the terminal sent it, on an emitter that is not in its types; without it F1 is not known. */
function rawEvents(stdin: object): EventEmitter | undefined {
  const emitter: unknown = Reflect.get(stdin, 'internal_eventEmitter');
  return emitter instanceof EventEmitter ? emitter : undefined;
}

/**
 * The keyboard of the whole console; mount it once. `press` gets each key by name, one call a key. `paste` gets pasted
 * text, which never counts as keys.
 */
export function useKeys(press: (key: string) => void, paste: (text: string) => void): void {
  const emitter = rawEvents(useStdin());
  const sequence = useRef<string | undefined>(undefined);
  // Before useInput, so that this listener runs first and the sequence is there when the key is.
  useEffect(() => {
    const remember = (event: unknown): void => {
      sequence.current = typeof event === 'string' ? event : undefined;
    };
    emitter?.on('input', remember);
    return () => {
      emitter?.off('input', remember);
    };
  }, [emitter]);
  useInput((input, key) => {
    for (const name of readKeys(input, key, sequence.current)) press(name);
  });
  usePaste(paste);
}
