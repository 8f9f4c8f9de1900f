/**
 * Numbers for whoever watches the server, in Prometheus' text format (version 0.0.4). Routes are named by their pattern,
 * so that neither ids nor invented paths make new rows; there is nothing in them of any one account.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Instant } from '../domain/date.ts';
import type { Answered } from '../http/every-request.ts';

export type Metrics = {
  /** A request begins; what is answered tells its end. */
  readonly begin: () => (answered: Answered) => void;
  readonly text: () => string;
};

/** Upper bounds of the histogram, in seconds: from a plain read to a hash in a queue. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function openMetrics({ version, now }: { readonly version: string; readonly now: () => Instant }): Metrics {
  const startedAt = now();
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  let inFlight = 0;
  const requests = new Map<string, number>();
  const durations = new Map<string, { readonly counts: number[]; sum: number; count: number }>();

  const note = ({ method, route = 'none', status, ms }: Answered): void => {
    const labels = `method="${methods.has(method) ? method : 'other'}",route="${route}"`;
    const key = `${labels},status="${status}"`;
    requests.set(key, (requests.get(key) ?? 0) + 1);
    const duration = durations.get(labels) ?? { counts: bounds.map(() => 0), sum: 0, count: 0 };
    durations.set(labels, duration);
    bounds.forEach((bound, index) => {
      if (ms <= bound * 1000) duration.counts[index] = (duration.counts[index] ?? 0) + 1;
    });
    duration.sum += ms / 1000;
    duration.count += 1;
  };

  return {
    begin: () => {
      inFlight += 1;
      return answered => {
        inFlight -= 1;
        note(answered);
      };
    },
    text: () => {
      const { user, system } = process.cpuUsage();
      const lines = [
        ...family('asxos_build_info', 'gauge', 'The version that runs.', [[`{version="${version}"}`, 1]]),
        ...family('asxos_http_requests_total', 'counter', 'Requests answered.', labelled(requests)),
        ...histogram(durations),
        ...family('asxos_http_requests_in_flight', 'gauge', 'Requests under way.', [['', inFlight]]),
        ...family('nodejs_eventloop_lag_p99_seconds', 'gauge', 'How late the event loop is, since the last look.', [
          ['', (lag.percentile(99) || 0) / 1e9],
        ]),
        ...family('process_cpu_seconds_total', 'counter', 'Processor time.', [['', (user + system) / 1e6]]),
        ...family('process_resident_memory_bytes', 'gauge', 'Memory.', [['', process.memoryUsage.rss()]]),
        ...family('process_start_time_seconds', 'gauge', 'When it started.', [['', startedAt / 1000]]),
      ];
      lag.reset();
      return `${lines.join('\n')}\n`;
    },
  };
}

type Row = readonly [labels: string, value: number];

const family = (name: string, type: string, help: string, rows: readonly Row[]): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  ...rows.map(([labels, value]) => `${name}${labels} ${value}`),
];

const labelled = (counts: ReadonlyMap<string, number>): Row[] =>
  [...counts].map(([labels, value]) => [`{${labels}}`, value] as const);

function histogram(
  durations: ReadonlyMap<string, { readonly counts: readonly number[]; readonly sum: number; readonly count: number }>,
): string[] {
  const name = 'asxos_http_request_duration_seconds';
  return [
    `# HELP ${name} From the headers of a request to its answer.`,
    `# TYPE ${name} histogram`,
    ...[...durations].flatMap(([labels, { counts, sum, count }]) => [
      ...bounds.map((bound, index) => `${name}_bucket{${labels},le="${bound}"} ${counts[index]}`),
      `${name}_bucket{${labels},le="+Inf"} ${count}`,
      `${name}_sum{${labels}} ${sum}`,
      `${name}_count{${labels}} ${count}`,
    ]),
  ];
}

/**
 * What answers on the port of the metrics, which listens on loopback alone. A name in `Host` that is not this machine's
 * is a page in a browser that had its own name point here.
 */
export const answerMetrics =
  (metrics: Metrics) =>
  (request: Request): Response => {
    const url = new URL(request.url);
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
    if (!/^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname)) {
      return new Response('Metrics are for this machine alone\n', { status: 403, headers });
    }
    if (url.pathname !== '/metrics') return new Response('There is /metrics alone\n', { status: 404, headers });
    return new Response(metrics.text(), {
      headers: { ...headers, 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
    });
  };
