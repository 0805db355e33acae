/** The few parts of WebAssembly that are used; undefined on a runtime without it. */

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export const wasmPageBytes = 65_536;

export function growTo(memory: WasmMemory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / wasmPageBytes));
}

interface WebAssemblyApi {
  validate(code: Uint8Array): boolean;
  readonly Module: new (code: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown };
}

/** Compiled code; may be handed to other threads. */
export type WasmModule = object;

// The types of the runtime do not describe it, and it may be switched off.
export const webAssembly = Reflect.get(globalThis, 'WebAssembly') as WebAssemblyApi | undefined;
