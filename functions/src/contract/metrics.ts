/** Every measure that is written as a log line and counted by a log-based metric; alerts and dashboards take the names from here. */
export const metrics = {
  'secrets/rotation_overdue': 'Secrets whose current version is older than its period and a week.',
  'secrets/rotation_stalled': 'Rotations with a step that could be done and is not for three days.',
} as const satisfies Record<string, string>;

export type MetricName = keyof typeof metrics;
