import { cellOfOperand } from '../../query/operand.ts';
import type { AuditRecord } from '../../record/record.ts';
import { cellText } from '../cell-text.ts';
import { escapeMarkdown } from '../escape.ts';
import { labelledCell } from '../labels.ts';
import { type Format, wants } from './format.ts';

export const md: Format = {
  name: 'md',
  aliases: ['markdown'],
  doc: 'a Markdown table for tickets and reports',
  example: 'audit-cli filter --failed dump.ndjson -o md >> incident.md',
  lineShaped: true,
  needsFields: true,
  create({ fields, zone, header, labels }, sink) {
    const readers = fields.map(({ name, operand }) => {
      const cellOf = cellOfOperand(operand);
      return (record: AuditRecord) => cellText(labelledCell(labels, name, cellOf(record)), zone);
    });
    let isFirst = header;
    return {
      write(batch) {
        if (isFirst && batch.length > 0) {
          sink.write(markdownHead(fields.map(({ name, type }) => ({ name, isNumber: type === 'number' }))));
          isFirst = false;
        }
        for (const record of batch) sink.write(markdownRow(readers.map((textIn) => textIn(record))));
        return wants(sink);
      },
      gap: () => undefined,
      end: () => undefined,
    };
  },
};

export interface MarkdownColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

export function markdownHead(columns: readonly MarkdownColumn[]): string {
  const rule = columns.map(({ isNumber }) => (isNumber ? '---:' : '---')).join(' | ');
  return `${markdownRow(columns.map(({ name }) => name))}| ${rule} |\n`;
}

/** Absent cells are `-`: an empty one could be taken for an empty text. */
export function markdownRow(texts: readonly (string | undefined)[]): string {
  return `| ${texts.map((text) => (text === undefined ? '-' : escapeMarkdown(text))).join(' | ')} |\n`;
}
