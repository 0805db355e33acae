import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { startProgress } from '../../src/output/progress.ts';

/** A terminal that remembers what was drawn, and a clock that is set by hand. */
function scene(columns = 80) {
  let clock = 0;
  let drawn = '';
  const stream = Object.assign(
    new Writable({
      write(chunk, _, done) {
        drawn += chunk;
        done();
      },
    }),
    { columns },
  );
  const wait = (ms: number): void => {
    clock += ms;
  };
  return { stream, now: () => clock, wait, drawn: () => drawn };
}

test('short work draws nothing at all', () => {
  const { stream, now, wait, drawn } = scene();
  const progress = startProgress({ stream, totalBytes: 1000, enabled: true, now });

  progress.advance(500);
  wait(999);
  progress.advance(400);
  progress.stop();

  expect(drawn()).toBe('');
});

test('long work draws one line and clears it in the end', () => {
  const { stream, now, wait, drawn } = scene();
  const progress = startProgress({ stream, totalBytes: 4 * 1024 * 1024, enabled: true, now });

  wait(1000);
  progress.advance(1024 * 1024, 'dump.ndjson');
  progress.advance(1024 * 1024);
  progress.stop();

  expect(drawn()).toBe(
    [
      '\r' + 'reading [######..................] 25 %  1.0 MiB of 4.0 MiB  dump.ndjson' + '\u001b[K',
      '\r' + 'reading [############............] 50 %  2.0 MiB of 4.0 MiB  dump.ndjson' + '\u001b[K',
      '\r\u001b[K',
    ].join(''),
  );
});

test('without a known size only the bytes are shown', () => {
  const { stream, now, wait, drawn } = scene();
  const progress = startProgress({ stream, totalBytes: undefined, enabled: true, now });

  wait(2000);
  progress.advance(3 * 1024 ** 3);
  progress.stop();

  expect(drawn()).toContain('\rreading  3.00 GiB\u001b[K');
  expect(drawn().endsWith('\r\u001b[K')).toBe(true);
});

test('more bytes than were announced are no more than everything', () => {
  const { stream, now, wait, drawn } = scene();
  const progress = startProgress({ stream, totalBytes: 10, enabled: true, now });

  wait(2000);
  progress.advance(5000);
  progress.stop();

  expect(drawn()).toContain('[########################] 100 %  5 KiB of 1 KiB');
});

test.for([
  [120, 'reading [##......................] 10 %  1 KiB of 1 KiB  evil\\u001b[2J\\u000aname-that-goes-on-and-on'],
  [60, 'reading [##......................] 10 %  1 KiB of 1 KiB  e…'],
] as const)('in %d columns the line does not wrap and a file name cannot drive the terminal', ([columns, expected]) => {
  const { stream, now, wait, drawn } = scene(columns);
  const progress = startProgress({ stream, totalBytes: 10, enabled: true, now });

  wait(2000);
  progress.advance(1, 'evil\u001b[2J\nname-that-goes-on-and-on');
  progress.stop();

  expect(drawn().split('\u001b[K')[0]).toBe(`\r${expected}`);
});

test('nothing is drawn when switched off', () => {
  const { stream, now, wait, drawn } = scene();
  const progress = startProgress({ stream, totalBytes: 10, enabled: false, now });

  wait(5000);
  progress.advance(5);
  progress.stop();
  progress.stop();

  expect(drawn()).toBe('');
});
