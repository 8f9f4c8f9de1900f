/** The console on a terminal: the one place where keys come in and frames go out. */
import { Box, useApp, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import type { ChartStyle } from '../config.ts';
import { Footer } from './components/footer.tsx';
import { Lines, LineView } from './components/line.tsx';
import { StatusLine } from './components/status-line.tsx';
import { ThemeContext } from './components/theme-context.ts';
import { useKeys } from './components/use-keys.ts';
import { drawFrame, type Snapshot } from './frame.ts';
import { tooSmall } from './layout.ts';
import type { Runtime } from './runtime.ts';
import { cut } from './text.ts';
import type { Theme } from './theme.ts';

export type AppProps = {
  readonly runtime: Runtime;
  readonly theme: Theme;
  readonly chart: ChartStyle;
  /** Rows that are left free at the bottom. */
  readonly spareRows: number;
  /** Is told how to hand the terminal over for a while. */
  readonly onReady: (suspendTerminal: (work: () => void) => Promise<void>) => void;
};

/** Always the same one while the settings are. */
export type Look = Pick<AppProps, 'theme' | 'chart'>;

type Shown = Pick<AppProps, 'chart'> & { readonly snapshot: Snapshot };

function FrameView({ snapshot, chart }: Shown): ReactElement {
  const { status, body, lower, hints, withHelp } = drawFrame(snapshot, chart);
  const width = snapshot.state.size.columns;
  return (
    <>
      <StatusLine {...status} width={width} />
      <Lines lines={body} />
      <LineView line={lower} />
      <Footer hints={hints} width={width} withHelp={withHelp} />
    </>
  );
}

/** The console in the look that the settings say, from the moment they say it. */
export function ThemedConsole({ look, ...rest }: Omit<AppProps, 'theme' | 'chart'> & { readonly look: () => Look }) {
  return <Console {...rest} {...useSyncExternalStore(rest.runtime.subscribe, look)} />;
}

export function Console({ runtime, theme, chart, spareRows, onReady }: AppProps): ReactElement {
  const window = useWindowSize();
  const size = { columns: window.columns, rows: Math.max(1, window.rows - spareRows) };
  const { suspendTerminal } = useApp();
  const snapshot = useSyncExternalStore(runtime.subscribe, runtime.snapshot);
  useLayoutEffect(() => runtime.resize(size.columns, size.rows), [runtime, size.columns, size.rows]);
  useEffect(() => {
    onReady(async work => {
      await suspendTerminal(async () => work());
    });
  }, [onReady, suspendTerminal]);
  useKeys(runtime.press, runtime.paste);
  const small = tooSmall(size.columns, size.rows);
  const known = snapshot.state.size;
  // Between a resize and the snapshot for it nothing is drawn in the wrong size.
  const fits = known.columns === size.columns && known.rows === size.rows;
  return (
    <ThemeContext value={theme}>
      <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
        {small === undefined ? (
          fits && <FrameView snapshot={snapshot} chart={chart} />
        ) : (
          <LineView line={[{ text: cut(small, size.columns) }]} />
        )}
      </Box>
    </ThemeContext>
  );
}
