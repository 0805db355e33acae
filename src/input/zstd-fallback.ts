import { Xxh64 } from './xxh64.ts';
import { type FrameDecoder, maxBlockBytes, type ZstdEngine } from './zstd.ts';

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
  let checksum: Xxh64 | undefined;
  const pieces: Uint8Array[] = [];
  let output: Uint8Array[] = [];
  const decoder = new Decoder((data) => output.push(data));
  // The decoder keeps a view of every piece it was ever given, so all of them are given in the same memory.
  const scratch = new Uint8Array(3 + maxBlockBytes);
  let step: 'header' | 'blocks' | 'checksum' = 'header';

  const decode = (piece: Uint8Array): void => {
    switch (step) {
      case 'header':
        if (((piece[4] ?? 0) & checksumFlag) !== 0) checksum = new Xxh64();
        decoder.push(preparedHeader(piece));
        step = 'blocks';
        return;
      case 'blocks': {
        const last = ((piece[0] ?? 0) & 1) !== 0;
        scratch.set(piece);
        decoder.push(scratch.subarray(0, piece.length), last);
        for (const part of output) checksum?.update(part);
        if (last) step = 'checksum';
        return;
      }
      case 'checksum': {
        const wanted = new DataView(piece.buffer, piece.byteOffset, 4).getUint32(0, true);
        if (wanted !== checksum?.low32()) throw new Error('the checksum of the frame does not fit');
        return;
      }
    }
  };

  return {
    get pending() {
      return pieces.length;
    },
    get idle() {
      return pieces.length === 0 && output.length === 0;
    },
    write(piece) {
      pieces.push(piece);
    },
    async read() {
      for (;;) {
        const out = output.shift();
        if (out !== undefined) return out;
        const [piece] = pieces;
        if (piece === undefined) return undefined;
        decode(piece);
        pieces.shift();
      }
    },
    close() {
      output = [];
    },
  };
}

const checksumFlag = 4;

/** Four blocks `00 00 00` (not the last, raw, of 0 bytes): the decoder sits on what it got until it has 18 bytes. */
const fillerBytes = 12;

/** Without the checksum flag, for the decoder would wait for the checksum before it calls the frame ended. */
function preparedHeader(header: Uint8Array): Uint8Array {
  const prepared = new Uint8Array(header.length + fillerBytes);
  prepared.set(header);
  prepared[4] = (header[4] ?? 0) & ~checksumFlag;
  return prepared;
}
