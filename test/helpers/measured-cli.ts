import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCli } from './live-cli.ts';

/** Loaded into the program: it leaves its peak of resident memory in a file, which only Linux tells of one process alone. */
const reportPeak = `data:text/javascript,${encodeURIComponent(
  [
    "import { readFileSync, writeFileSync } from 'node:fs';",
    "process.on('exit', () => writeFileSync(process.env.PEAK_FILE, /VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]));",
  ].join('\n'),
)}`;

export interface Measured {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
  readonly peakMebibytes: number;
}

export interface MeasureOptions {
  readonly readAfterMs?: number;
  /** A process that takes longer is killed. */
  readonly mostSeconds?: number;
}

/** Runs the built program with the chunks as stdin, each written when the one before was taken. */
export async function measured(
  args: readonly string[],
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { readAfterMs = 0, mostSeconds }: MeasureOptions = {},
): Promise<Measured> {
  const peakFile = join(tmpdir(), `audit-cli-peak-${randomBytes(6).toString('hex')}`);
  const env = { NODE_OPTIONS: `--import=${reportPeak}`, PEAK_FILE: peakFile };
  const cli = startCli(args, { env, ...(mostSeconds !== undefined && { mostSeconds }) });
  if (readAfterMs > 0) {
    cli.stdout.pause();
    setTimeout(() => cli.stdout.resume(), readAfterMs);
  }
  for await (const chunk of chunks) await new Promise((resolve) => cli.stdin.write(chunk, resolve));
  cli.stdin.end();
  const exit = await cli.exit;
  return { ...cli.printed, exit, peakMebibytes: Number(readFileSync(peakFile, 'utf8')) / 1024 };
}
