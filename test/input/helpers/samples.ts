/** A small record, told apart by its id. */
export function recordText(id: string, more: Record<string, unknown> = {}): string {
  return JSON.stringify({ specversion: '1.0', id, type: 'io.confluent.cloud/request', data: {}, ...more });
}

/** Record lines with some variety, always the same ones. */
export function sampleText(count: number): string {
  const lines = Array.from({ length: count }, (_, index) =>
    recordText(`e${index}`, {
      time: new Date(1_767_323_045_678 + index * 137).toISOString(),
      data: {
        methodName: ['CreateTopics', 'DeleteStatement', 'kafka.Authentication'][index % 3],
        n: (index * 7919) % 1000,
      },
    }),
  );
  return `${lines.join('\n')}\n`;
}
