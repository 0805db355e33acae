/** Names for the services whose event types do not say it plainly. record-shapes §13.4. */
const names: Readonly<Record<string, string>> = {
  'kafka.server': 'kafka',
  'sg.server': 'schema-registry',
  'ksql.server': 'ksqldb',
  'flink.server': 'flink',
  'context.engine': 'context-engine',
};

/** The service of an event type: `io.confluent.<middle>/<kind>` → its usual name, or the middle less `.server`. */
export function serviceOf(type: string | undefined): string | undefined {
  if (type === undefined) return undefined;
  const slash = type.lastIndexOf('/');
  const middle = (slash < 0 ? type : type.slice(0, slash)).replace(/^io\.confluent\./, '');
  return (Object.hasOwn(names, middle) ? names[middle] : middle.replace(/\.server$/, '')) || undefined;
}
