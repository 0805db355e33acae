import type { Findings } from '../../analyze/verify/findings.ts';
import type { Accounting } from '../../engine/accounting.ts';
import { count, digits } from '../render.ts';
import { gatesOf } from './gate.ts';
import { spanText } from './texts.ts';

/** Which part of the report a sentence belongs to. */
export type Part = 'whole' | 'duplicates' | 'gaps';

interface Sentence {
  readonly part: Part | 'every';
  readonly text: string;
}

/**
 * What the findings mean, in plain words: what was found, what may be behind it, and what cannot be told from these
 * dumps. It never says that something was tampered with: that is for people to find out.
 */
export function verdictText(findings: Findings, accounting: Accounting, parts: readonly Part[]): string {
  return [
    opening(findings, accounting),
    ...lines(findings),
    ...repeats(findings, accounting),
    ...offsets(findings),
    ...silences(findings),
    ...clock(findings),
    ...drift(findings),
    ...limits(findings),
  ]
    .filter(({ part }) => part === 'every' || parts.includes(part))
    .map(({ text }) => text)
    .join(' ');
}

function whole(text: string): Sentence {
  return { part: 'whole', text };
}

function opening(findings: Findings, { complete, stopped }: Accounting): Sentence {
  if (!complete || stopped !== undefined)
    return { part: 'every', text: 'The input was not read to its end, so this tells only about what was read.' };
  if (findings.records === 0) return { part: 'every', text: 'There is no audit record in the input.' };
  // What is new to the catalogue is no flaw of the evidence.
  const found = gatesOf(findings).filter((gate) => gate !== 'drift');
  const [first, last] = [firstOf(findings), lastOf(findings)];
  const span = first === undefined ? '' : ` from ${first} to ${last}`;
  const records = `${count(findings.records, 'record')}${span}`;
  if (found.length === 0) return whole(`Nothing is missing, repeated or damaged as far as can be told: ${records}.`);
  return whole(`There is something to look at (${found.join(', ')}) in ${records}.`);
}

function firstOf({ sources }: Findings): string | undefined {
  const times = sources.flatMap(({ first }) => first ?? []);
  return times.sort((a, b) => a.second - b.second || a.nano - b.nano)[0]?.text;
}

function lastOf({ sources }: Findings): string | undefined {
  const times = sources.flatMap(({ last }) => last ?? []);
  return times.sort((a, b) => b.second - a.second || b.nano - a.nano)[0]?.text;
}

function lines({ sources }: Findings): Sentence[] {
  const malformed = sources.reduce((sum, one) => sum + malformedOf(one.malformed), 0);
  const torn = sources.filter(({ tornTail }) => tornTail !== undefined).length;
  if (malformed === 0) return [];
  const tails =
    torn === 0
      ? ''
      : ` ${torn === malformed ? (torn === 1 ? 'It is' : 'All of them are') : `${digits(torn)} of them ${torn === 1 ? 'is' : 'are'}`} a last line cut off, as a stopped consumer leaves it: the rest of that record is not in the dump.`;
  return [whole(`${count(malformed, 'line')} could not be read as records.${tails}`)];
}

export function malformedOf(malformed: Readonly<Record<string, number>>): number {
  return Object.values(malformed).reduce((sum, times) => sum + times, 0);
}

function repeats({ duplicates, records }: Findings, { stopped }: Accounting): Sentence[] {
  const { identical, rewritten, conflicting, notCompared, withoutId } = duplicates;
  const again = identical + rewritten;
  const sentences: string[] = [];
  if (again > 0)
    sentences.push(
      `${count(again, 'record')} ${again === 1 ? 'was' : 'were'} delivered more than once and ${again === 1 ? 'says' : 'say'} the same each time; Kafka delivers at least once, so that is ordinary.`,
    );
  if (conflicting > 0)
    sentences.push(
      `${count(conflicting, 'record')} ${conflicting === 1 ? 'has' : 'have'} the id of an earlier one and other content: an id stands for one event, so one of the two was changed on the way, or ids were given twice.`,
    );
  if (notCompared > 0)
    sentences.push(
      `${count(notCompared, 'repeat')} could not be compared, because ${stopped === undefined ? 'the input changed meanwhile' : 'the run was interrupted'}.`,
    );
  if (sentences.length === 0 && records > withoutId) sentences.push('No id stands there twice.');
  if (withoutId > 0) sentences.push(`Of ${count(withoutId, 'record')} without an id repeats cannot be told.`);
  return sentences.map((text) => ({ part: 'duplicates', text }));
}

function offsets({ offsets: found, sources, records }: Findings): Sentence[] {
  const { partitions, without, overflow, conflicting } = found;
  if (records === 0) return [];
  if (partitions.length === 0)
    return [
      {
        part: 'gaps',
        text: 'No record tells its offset, so it cannot be proven that none is missing; kcat -J, rpk, Kafka Connect and confluent --print-offset keep offsets.',
      },
    ];
  const missing = partitions.reduce((sum, one) => sum + one.missing, 0);
  const hasMalformed = sources.some(({ malformed }) => malformedOf(malformed) > 0);
  const sentences = [
    missing === 0
      ? `The offsets of ${count(partitions.length, 'partition')} run from first to last without a hole.`
      : `${count(missing, 'offset')} between the first and the last of a partition ${missing === 1 ? 'is' : 'are'} not in the dump. That need not be a loss: transaction markers and compaction leave holes, and so does a filter in the export${hasMalformed ? ', or a malformed line' : ''}; a record taken out leaves the same.`,
  ];
  const backwards = partitions.reduce((sum, one) => sum + one.backwards, 0);
  if (backwards > 0)
    sentences.push(`Offsets go backwards ${count(backwards, 'time')}: files were joined, or records delivered again.`);
  if (conflicting > 0)
    sentences.push(
      `${count(conflicting, 'record')} ${conflicting === 1 ? 'stands' : 'stand'} at an offset that has another content elsewhere in the dump, which one topic cannot have: either there are several topics in it, or it was edited.`,
    );
  if (without > 0) sentences.push(`${count(without, 'record')} ${without === 1 ? 'tells' : 'tell'} no offset.`);
  if (overflow > 0)
    sentences.push(`There are too many partitions: the offsets of ${count(overflow, 'record')} were not looked at.`);
  return sentences.map((text) => ({ part: 'gaps', text }));
}

function silences({ silences: { minGap, found, silences: list }, records }: Findings): Sentence[] {
  if (records === 0) return [];
  if (minGap === undefined)
    return [
      { part: 'gaps', text: 'There are too few events to tell a silence from a pause (--min-gap sets a length).' },
    ];
  if (found === 0) return [{ part: 'gaps', text: `No silence is longer than ${spanText(minGap)}.` }];
  const longest = list.reduce((most, { from, to }) => Math.max(most, to.second - from.second), 0);
  return [
    {
      part: 'gaps',
      text: `${count(found, 'silence')} ${found === 1 ? 'lasts' : 'last'} longer than ${spanText(minGap)}, the longest ${spanText(longest)}: a quiet night looks the same as an export that stood still.`,
    },
  ];
}

function clock({ clock: { ahead, unusable, without, mostAhead } }: Findings): Sentence[] {
  const sentences: string[] = [];
  if (ahead.records > 0)
    sentences.push(
      `${count(ahead.records, 'event')} ${ahead.records === 1 ? 'is' : 'are'} dated after Kafka took ${ahead.records === 1 ? 'it' : 'them'}, by up to ${spanText(mostAhead)}: a clock was wrong, or a time was changed.`,
    );
  const untimed = unusable.records + without.records;
  if (untimed > 0)
    sentences.push(
      `${count(untimed, 'record')} ${untimed === 1 ? 'has' : 'have'} no usable time and ${untimed === 1 ? 'is' : 'are'} in no time window.`,
    );
  return sentences.map(whole);
}

function drift({ methods, fields }: Findings): Sentence[] {
  const names = methods.unknown.length;
  const parts = [
    names > 0 && count(names, 'method or event type', 'methods or event types'),
    fields.fields.length > 0 && count(fields.fields.length, 'field'),
  ].filter((part) => typeof part === 'string');
  if (parts.length === 0) return [];
  const only = names + fields.fields.length === 1;
  return [
    whole(
      `${parts.join(' and ')} ${only ? 'is' : 'are'} not known to this version: new ones appear without notice, and are searched like all others.`,
    ),
  ];
}

function limits({ records }: Findings): Sentence[] {
  if (records === 0) return [];
  return [
    {
      part: 'gaps',
      text: 'What was before the first event and after the last cannot be told: Confluent Cloud keeps audit logs for seven days.',
    },
    whole('The SHA-256 sums show from now on whether a file was changed, not whether it was changed before.'),
  ];
}
