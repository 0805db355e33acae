import { describe, expect, it } from 'vitest';
import type { Source } from '../../../src/input/block.ts';
import { bytesOf } from '../helpers/collect.ts';

/** Opens a new source over the bytes; `end` is called when the test is done with it. */
export type MakeSource = (
  bytes: Uint8Array,
) => Promise<{ readonly source: Source; readonly end?: () => Promise<void> }>;

const mebibyte = 1024 * 1024;

/** What every source must do. */
export function sourceContract(name: string, make: MakeSource): void {
  async function using<T>(bytes: Uint8Array, use: (source: Source) => Promise<T>): Promise<T> {
    const { source, end } = await make(bytes);
    try {
      return await use(source);
    } finally {
      await end?.();
    }
  }

  describe(`${name} keeps the contract of a source`, () => {
    it.each([0, 1, 65_536, mebibyte - 1, mebibyte, mebibyte + 1, 3 * mebibyte])(
      'gives %i bytes as they are',
      async (length) => {
        const bytes = pattern(length);

        const given = await using(bytes, (source) => bytesOf(source.chunks(new AbortController().signal)));

        expect(given.equals(bytes)).toBe(true);
      },
    );

    it('says how long it is, or nothing', async () => {
      const length = await using(pattern(1000), async (source) => source.byteLength);

      expect([undefined, 1000]).toContain(length);
    });

    it('can be read again if it says so, also after it was left early', async () => {
      const bytes = pattern(2 * mebibyte);

      await using(bytes, async (source) => {
        if (!source.rereadable) return;
        for await (const _ of source.chunks(new AbortController().signal)) break;
        for (let turn = 0; turn < 2; turn++) {
          expect((await bytesOf(source.chunks(new AbortController().signal))).equals(bytes)).toBe(true);
        }
      });
    });

    it('gives nothing when aborted before it is read', async () => {
      const given = await using(pattern(mebibyte), (source) => bytesOf(source.chunks(AbortSignal.abort())));

      expect(given).toHaveLength(0);
    });

    it('ends quietly when aborted in the middle', async () => {
      const abort = new AbortController();
      const chunks = await using(pattern(3 * mebibyte), async (source) => {
        let count = 0;
        for await (const _ of source.chunks(abort.signal)) {
          count++;
          abort.abort();
        }
        return count;
      });

      expect(chunks).toBe(1);
    });
  });
}

function pattern(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 131 + (index >> 13)) & 255));
}
