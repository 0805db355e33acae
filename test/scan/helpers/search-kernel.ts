import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Candidate, LineSearch } from '../../../src/scan/line-search.ts';
import { needleTable } from '../../../src/scan/needle-table.ts';
import type { Needles } from '../../../src/scan/needles.ts';
import { growTo, type WasmMemory, webAssembly } from '../../../src/scan/wasm.ts';
import { projectRoot } from '../../helpers/run-cli.ts';

/** The exports of `src/scan/kernel/search.ts`. */
interface SearchExports {
  readonly memory: WasmMemory;
  readonly setNeedles: (table: number, count: number, fold: boolean, percentGuard: boolean) => void;
  readonly resetSearch: () => void;
  readonly search: (start: number, end: number, out: number, capacity: number) => number;
  readonly searchedLines: { readonly value: number };
  readonly blankLines: { readonly value: number };
  readonly candidates: { readonly value: number };
}

const tableAt = 4096;
const outAt = 65_536;
const marginBytes = 128;

/** The search kernel as a function like those of `line-search.ts`; `capacity` candidates fit into its memory at a time. */
export async function searchKernel(): Promise<(needles: Needles, bytes: Uint8Array, capacity: number) => LineSearch> {
  const kernel = await instantiate();
  return (needles, bytes, capacity) => {
    const start = outAt + capacity * 12 + marginBytes;
    const end = start + bytes.length;
    growTo(kernel.memory, end + marginBytes);
    const memory = Buffer.from(kernel.memory.buffer);
    // What lies before and behind the lines would trip every guard if it were looked at.
    memory.fill(`${needles.texts[0]}\\u0041%41\xff{\n`, outAt, end + marginBytes, 'latin1');
    memory.write('e', start - 1);
    memory.set(bytes, start);
    memory.set(needleTable(needles, tableAt), tableAt);
    kernel.setNeedles(tableAt, needles.texts.length, needles.fold, needles.percentGuard);
    kernel.resetSearch();

    const found: Candidate[] = [];
    for (let from = start; from < end; ) {
      const before = kernel.candidates.value;
      from = kernel.search(from, end, outAt, capacity);
      const count = kernel.candidates.value - before;
      if (count > capacity) throw new Error(`${count} candidates where ${capacity} have room`);
      for (let i = 0; i < count; i++) found.push(candidateAt(memory, outAt + i * 12, start));
    }
    return { candidates: found, lines: kernel.searchedLines.value, blanks: kernel.blankLines.value };
  };
}

function candidateAt(memory: Buffer, at: number, start: number): Candidate {
  return {
    start: memory.readUInt32LE(at) - start,
    end: memory.readUInt32LE(at + 4) - start,
    line: memory.readUInt32LE(at + 8),
  };
}

async function instantiate(): Promise<SearchExports> {
  const folder = mkdtempSync(join(tmpdir(), 'audit-cli-search-'));
  try {
    const source = join(projectRoot, 'src', 'scan', 'kernel', 'search.ts');
    const wasm = join(folder, 'search.wasm');
    const options = ['--enable', 'simd', '-O3', '--runtime', 'stub', '--uncheckedBehavior', 'always'];
    const { error, stderr } = await asc.main([source, ...options, '-o', wasm]);
    if (error !== null) throw new Error(stderr.toString(), { cause: error });
    if (webAssembly === undefined) throw new Error('no WebAssembly here');
    const module = new webAssembly.Module(readFileSync(wasm));
    // What a module exports is only known to those who wrote it.
    return new webAssembly.Instance(module, { env: { abort: () => undefined } }).exports as SearchExports;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
