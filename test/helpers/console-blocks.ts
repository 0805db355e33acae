/** One `$ …` command of a ```console block and the output lines the document shows below it. */
export interface DocumentedCommand {
  readonly line: number;
  readonly command: string;
  readonly shown: readonly string[];
  /** Where `shown` stands in the document, as line indexes from 0, end excluded. */
  readonly start: number;
  readonly end: number;
}

/** A line of this alone in a block stands for any number of output lines. */
export const anyLines = '…';

/** Commands that run audit-cli; a block may show others (`$ npm ci`), which are left alone. */
export function documentedCommands(markdown: string): DocumentedCommand[] {
  const lines = markdown.split('\n');
  const commands: DocumentedCommand[] = [];
  let inBlock = false;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.startsWith('```')) inBlock = !inBlock && line.trim() === '```console';
    if (!inBlock || !line.startsWith('$ ')) continue;

    const parts = [line.slice(2)];
    while (parts.at(-1)?.endsWith('\\')) parts.push(lines[index + parts.length] ?? '');
    const start = index + parts.length;
    let end = start;
    while (end < lines.length && !isBorder(lines[end] ?? '')) end++;
    while (end > start && lines[end - 1] === '') end--;
    const command = parts.join('\n');
    if (/(?:^|[|;&]\s*)audit-cli\b/.test(command)) {
      commands.push({ line: index + 1, command, shown: lines.slice(start, end), start, end });
    }
    index = end - 1;
  }
  return commands;
}

/** Whether the output is what the document shows. */
export function matchesShown(shown: readonly string[], output: readonly string[]): boolean {
  const [first, ...rest] = pieces(shown);
  if (first === undefined || rest.length === 0) return equalAt(output, shown, 0) && output.length === shown.length;
  const last = rest.at(-1) ?? [];
  if (first.length + last.length > output.length || !equalAt(output, first, 0)) return false;

  let from = first.length;
  const end = output.length - last.length;
  for (const piece of rest.slice(0, -1)) {
    while (from + piece.length <= end && !equalAt(output, piece, from)) from++;
    if (from + piece.length > end) return false;
    from += piece.length;
  }
  return equalAt(output, last, end);
}

/** The document with each command's output replaced; commands whose shown output is abridged keep it. */
export function withOutputs(markdown: string, outputs: ReadonlyMap<DocumentedCommand, readonly string[]>): string {
  const lines = markdown.split('\n');
  const lastFirst = [...outputs].sort(([a], [b]) => b.start - a.start);
  for (const [{ shown, start, end }, output] of lastFirst) {
    if (!shown.includes(anyLines)) lines.splice(start, end - start, ...output);
  }
  return lines.join('\n');
}

function isBorder(line: string): boolean {
  return line.startsWith('$ ') || line.startsWith('```');
}

/** The runs of lines between `…` lines. */
function pieces(shown: readonly string[]): string[][] {
  const all: string[][] = [[]];
  for (const line of shown) {
    if (line === anyLines) all.push([]);
    else all.at(-1)?.push(line);
  }
  return all;
}

function equalAt(output: readonly string[], piece: readonly string[], from: number): boolean {
  return piece.every((line, index) => output[from + index] === line);
}
