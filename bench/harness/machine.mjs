import { readFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';

/** The machine in general words: enough to judge the figures by, nothing that says whose it is. */
export function describeMachine() {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} cores (${model.trim()}${simdOf()}), ${memory} GiB of memory, ${type()}, Node ${process.versions.node}`;
}

function simdOf() {
  try {
    const flags = readFileSync('/proc/cpuinfo', 'utf8');
    return ['avx512f', 'avx2'].filter((flag) => flags.includes(flag)).map((flag) => `, ${flag}`)[0] ?? '';
  } catch {
    return '';
  }
}
