import { Xxh64 } from './xxh64.ts';
import type { FrameDecoder, ZstdEngine } from './zstd.ts';

/** The part of `fzstd` used here. */
export interface ScriptDecoder {
  push(chunk: Uint8Array, final?: boolean): void;
}

export type ScriptDecoderClass = new (ondata: (data: Uint8Array) => void) => ScriptDecoder;

/** `fzstd` reads an offset from 32 bits of which up to 7 belong to its neighbour: more than 25 bits would come out wrong. */
const maxWindowBytes = 32 * 1024 * 1024;

/** For runtimes without zstd in `node:zlib`. About 100 MB/s, and it does not check frames, so the checksum is checked here. */
export function scriptEngine(Decoder: ScriptDecoderClass): ZstdEngine {
  return { maxWindowBytes, startFrame: () => startFrame(Decoder) };
}

function startFrame(Decoder: ScriptDecoderClass): FrameDecoder {
  const checksum = new Xxh64();
  let output: Uint8Array[] = [];
  const decoder = new Decoder((data) => output.push(data));
  let step: 'header' | 'blocks' | 'checksum' = 'header';

  const decode = (piece: Uint8Array, final: boolean): readonly Uint8Array[] => {
    output = [];
    decoder.push(piece, final);
    for (const part of output) checksum.update(part);
    return output;
  };

  return {
    async *write(piece) {
      switch (step) {
        case 'header':
          decode(withoutChecksum(piece), false);
          step = 'blocks';
          return;
        case 'blocks': {
          const last = ((piece[0] ?? 0) & 1) !== 0;
          yield* decode(piece, last);
          if (last) step = 'checksum';
          return;
        }
        case 'checksum': {
          const wanted = new DataView(piece.buffer, piece.byteOffset, 4).getUint32(0, true);
          if (wanted !== checksum.low32()) throw new Error('the checksum of the frame does not fit');
          return;
        }
      }
    },
    close() {
      output = [];
    },
  };
}

/** The decoder would wait for the checksum bytes before it calls the frame ended. */
function withoutChecksum(header: Uint8Array): Uint8Array {
  const copy = new Uint8Array(header);
  copy[4] = (copy[4] ?? 0) & ~4;
  return copy;
}
