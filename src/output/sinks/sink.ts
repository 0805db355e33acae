/** Where output goes. Small pieces are gathered and handed on in chunks of about 64 KiB. */
export interface Sink {
  /** Takes a copy: lent bytes may be reused at once. Never throws; trouble is told by `flush` and `close`. */
  write(piece: string | Uint8Array): void;
  /** Hands on everything written so far and waits until the receiver wants more. Throws AuditError when writing has failed. */
  flush(): Promise<void>;
  /** Waits until everything has been taken. Throws AuditError when writing failed. */
  close(): Promise<void>;
  /** True once nobody takes the output: the reader went away (no error), or writing failed. What is written then is dropped. */
  readonly closed: boolean;
  /** Bytes accepted so far. */
  readonly bytesWritten: number;
}
