import { type FileRef, type Source, SourceError } from '../input/block.ts';
import type { BlockJob, BlockTask } from './block-answer.ts';
import { plainTextFile } from './scan-sources.ts';

/** Where a source stands among the jobs; `stream` for what only one thread can read. */
type Place =
  | { readonly kind: 'blocks'; readonly from: number; readonly to: number }
  | { readonly kind: 'stream'; readonly position: number };

/** The blocks of all sources that are read as they are. */
export interface Jobs {
  readonly files: BlockTask['files'];
  readonly jobs: readonly BlockJob[];
  readonly places: ReadonlyMap<Source, Place>;
}

/** A block has fewer lines than that. */
const positionsPerBlock = 2 ** 25;
/** A stream has fewer lines than that. */
export const positionsPerStream = 2 ** 36;

export function jobsFor(sources: readonly Source[], blockBytes: number): Jobs {
  const files: { readonly file: FileRef; readonly name: string }[] = [];
  const jobs: BlockJob[] = [];
  const places = new Map<Source, Place>();
  let position = 0;
  for (const source of sources) {
    const bytes = plainBytes(source);
    if (source.file === undefined || bytes === undefined) {
      places.set(source, { kind: 'stream', position });
      position += positionsPerStream;
      continue;
    }
    const file = files.push({ file: source.file, name: source.name }) - 1;
    const from = jobs.length;
    const blocks = Math.max(1, Math.ceil(bytes / blockBytes));
    for (let block = 0; block < blocks; block++)
      jobs.push({ file, block, position: position + block * positionsPerBlock });
    position += blocks * positionsPerBlock;
    places.set(source, { kind: 'blocks', from, to: jobs.length });
  }
  return { files, jobs, places };
}

/** The size of a file to be read as it is; undefined for anything else, and for what cannot be read, which is told in its turn. */
export function plainBytes(source: Source): number | undefined {
  if (source.file === undefined) return undefined;
  try {
    const file = plainTextFile(source.file);
    const bytes = file?.size();
    file?.close();
    return bytes;
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
