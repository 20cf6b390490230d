import type { MetricName } from '../contract/metrics.ts';
import { log } from './log.ts';

/** One measurement, as the log line `metric` from which a log-based metric takes name, value and labels. */
export function measure(metric: MetricName, value: number, labels: Readonly<Record<string, string>> = {}): void {
  log('info', 'metric', { metric, value, labels });
}
