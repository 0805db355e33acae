const chunkBytes = 64 * 1024;

export interface Gathered {
  add(piece: string | Uint8Array): void;
  /** Sends what is there. */
  send(): void;
  bytes(): number;
}

/**
 * Copies pieces into chunks. `send` gets bytes it may keep: a chunk is never written to twice in
 * the same place.
 *
 *     chunk:  | sent earlier | gathered | free |
 *                            from       to
 */
export function gather(send: (chunk: Uint8Array) => void): Gathered {
  let chunk = Buffer.alloc(0);
  let from = 0;
  let to = 0;
  let total = 0;
  const sendGathered = (): void => {
    if (to > from) send(chunk.subarray(from, to));
    from = to;
  };
  const makeRoom = (bytes: number): void => {
    if (chunk.length - to >= bytes) return;
    sendGathered();
    chunk = Buffer.allocUnsafeSlow(Math.max(bytes, chunkBytes));
    from = 0;
    to = 0;
  };
  return {
    add(piece) {
      const bytes = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
      makeRoom(bytes);
      if (typeof piece === 'string') chunk.write(piece, to);
      else chunk.set(piece, to);
      to += bytes;
      total += bytes;
    },
    send: sendGathered,
    bytes: () => total,
  };
}
