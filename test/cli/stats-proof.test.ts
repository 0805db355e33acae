import { describe, expect, it } from 'vitest';
import { runCli, runShell } from '../helpers/run-cli.ts';

interface ProvenRow {
  readonly count: number;
  readonly ids: readonly string[];
  readonly places: readonly string[];
  readonly filter: string;
}

describe('the command line behind a row of stats', () => {
  it.each([
    ['--by weekday,hour --tz America/New_York --access modification'],
    ['--by ips,day --tz Asia/Kathmandu --failed'],
    ['--by hour,principal -m DeleteStatement,DeleteWorkspace --dedupe'],
    ['--by data.request.data.spec.principal,resourceType -m CreateStatement'],
    ['--by hour-of-day --where data.result.status="SUCCESS" --access modification'],
    ['--by day,hour-of-day -p u-2kq8sj --now last -S 3d'],
    ['--by day -p u-2kq8sj'],
  ])('finds the records of the row: %s', async (asked) => {
    const { stdout, exit } = await runCli(['stats', 'samples/incident', ...asked.split(' '), '--proof', '-o', 'json']);
    expect(exit).toBe(0);
    const { rows } = JSON.parse(stdout) as { readonly rows: readonly ProvenRow[] };
    expect(rows.length).toBeGreaterThan(1);

    for (const { count, ids, places, filter } of rows) {
      const found = await runShell(`${filter} -o csv -F id,file,line --no-header --no-summary`);
      const lines = found.stdout.trimEnd().split('\n');

      expect(lines.map((line) => line.replace(/,(\d+)$/, ':$1'))).toEqual(ids.map((id, i) => `${id},${places[i]}`));
      expect(lines).toHaveLength(count);
    }
  });
});
