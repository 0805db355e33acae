import { existsSync } from 'node:fs';
import { spellingsOf, whoIs, whoIsAt } from '../../analyze/identities.ts';
import { type Sighting, sightingsFold } from '../../analyze/who.ts';
import { AuditError, type Diagnostic } from '../../diag/diagnostic.ts';
import { exitCodes } from '../../diag/exit-codes.ts';
import { nearest } from '../../diag/nearest.ts';
import { listed } from '../../query/bad-value.ts';
import { addressInRange, parseAddressRange } from '../../record/address.ts';
import { withoutWord } from '../../record/principal.ts';
import type { RunCommand } from '../command.ts';
import { labelsFlag } from '../labels-flag.ts';
import { switched } from '../options.ts';
import { reportOnInput } from '../report-command.ts';
import { addressReport, type Found, isFound, whoReport } from '../who-report.ts';

export const run: RunCommand = async (invocation, terminal) => {
  const [name, ...files] = invocation.operands;
  if (name === undefined || name.trim() === '') throw noName();
  if (files.length === 0 && existsSync(name)) throw noName(name);
  const fold = sightingsFold();
  const code = await reportOnInput(
    { ...invocation, operands: files },
    terminal,
    () => fold,
    (sightings, accounting, { zone }) => {
      const shown = { zone, labels: labelsFlag(invocation) };
      const found = lookUp(name, sightings);
      accounting.diagnostics.push(...notesOn(name, found, sightings));
      return found.kind === 'address' ? addressReport(name, found, shown) : whoReport(name, found, shown);
    },
  );
  const isAnswered = switched(invocation, 'explain-plan') || switched(invocation, 'exit-zero');
  return code === exitCodes.ok && !isAnswered && !isFound(lookUp(name, fold.end())) ? exitCodes.nothingMatched : code;
};

function lookUp(name: string, sightings: readonly Sighting[]): Found {
  const range = parseAddressRange(name);
  if (range === undefined) return { kind: 'name', ...whoIs(name, sightings) };
  return { kind: 'address', ...whoIsAt((address) => addressInRange(address, range), sightings) };
}

function notesOn(name: string, found: Found, sightings: readonly Sighting[]): readonly Diagnostic[] {
  if (found.kind === 'name' && found.identities.length > 1) {
    const ids = found.identities.map(({ id }) => id);
    const message = `${name} belongs to ${ids.length} identities, listed apart: ${ids.slice(0, 5).join(', ')}${ids.length > 5 ? ' …' : ''}`;
    return [{ code: 'shared-name', severity: 'warning', message }];
  }
  if (isFound(found) || sightings.length === 0) return [];
  if (withoutWord(name) === 'UNKNOWN_USER') {
    const message = `${name} is written for whoever could not be identified: it is nobody's name`;
    return [{ code: 'nobody', severity: 'note', message, hint: 'try the address or the API key of those records' }];
  }
  const near = nearest(withoutWord(name), spellingsOf(sightings));
  const seen = near.length === 0 ? '' : `; nearest seen: ${listed(near)}`;
  return [{ code: 'unknown-name', severity: 'note', message: `no matching record names ${name}${seen}` }];
}

function noName(file?: string): AuditError {
  const examples = 'audit-cli who u-1abc2d dump.ndjson or audit-cli who ann@example.com dump.ndjson';
  return new AuditError({
    code: 'missing-name',
    message:
      file === undefined
        ? 'who needs a name first: an id, an e-mail, a number, an API key or an address'
        : `who needs a name before the files, and ${file} is a file`,
    hint: `try ${examples}`,
  });
}
