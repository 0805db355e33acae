import { mostTold, type Session, type TimelineLine } from '../analyze/timeline.ts';
import { instantText } from '../output/cell-text.ts';
import { spanText } from '../output/duration-text.ts';
import type { Labels } from '../output/labels.ts';
import { callerOf, shortCallerOf, textOf } from '../output/sentence.ts';
import type { Sink } from '../output/sinks/sink.ts';
import { resultStyle, type Styles, styles as stylesOf } from '../output/style.ts';
import { cutEnd, displayWidth } from '../output/width.ts';
import { cellOf } from '../record/normalize.ts';
import type { Instant } from '../record/time.ts';
import type { Zone } from '../record/zone.ts';
import { count, digits } from './render.ts';
import { sentenceOfLine } from './timeline-rows.ts';

/** A timeline as people read it: days, sessions, and a line for each thing that happened. */

export interface PageOptions {
  readonly zone: Zone;
  /** Cells of a line; undefined is as wide as it takes. */
  readonly width: number | undefined;
  readonly styles: Styles;
  /** Short sentences. */
  readonly brief: boolean;
  readonly ascii: boolean;
  readonly labels: Labels | undefined;
  /** How many stand last. */
  readonly withoutTime: number;
}

export interface TimelinePage {
  /** `session` is what the line's session is, where it has one. */
  line(line: TimelineLine, session: Session | undefined): void;
  /** A remark below the lines. */
  note(text: string): void;
}

/** Below that there is no room for parts of a second beside a sentence; the time since the line before tells them. */
const narrowBelow = 100;

const resultCells = 6;
const narrowest = 40;

export function timelinePage(options: PageOptions, sink: Sink): TimelinePage {
  const { zone, styles, width, brief, labels, withoutTime } = options;
  const isNarrow = width !== undefined && width < narrowBelow;
  const timeCells = isNarrow ? 'HH:MM:SS'.length : 'HH:MM:SS.mmmuuunnn'.length;
  const deltaCells = isNarrow ? 11 : 12;
  const room = width === undefined ? undefined : Math.max(width, narrowest) - timeCells - deltaCells - resultCells - 4;
  const shortened = { withoutPlace: brief, withoutOutcome: brief, plainCaller: brief, room };
  const plain = { zone, wide: !brief, styles: stylesOf(false), labels, ...shortened };
  const isPainted = styles.accent('x') !== 'x';
  let day = '';
  let number: number | undefined;
  let isEmpty = true;

  const write = (text: string): void => sink.write(`${text}\n`);
  const blank = (): void => {
    if (!isEmpty) write('');
    isEmpty = false;
  };
  const heading = (text: string): void => {
    blank();
    write(styles.header(cut(`${dashes(options)} ${text} ${dashes(options)}`, width)));
  };

  const headings = ({ time, session }: TimelineLine, about: Session | undefined): void => {
    const today = time === undefined ? 'none' : dayKey(time, zone);
    const isNewDay = today !== day;
    if (isNewDay)
      heading(time === undefined ? `without a usable time, ${count(withoutTime, 'record')}` : dayText(time, zone));
    day = today;
    if (session === number || about === undefined) return;
    number = session;
    if (!isNewDay) blank();
    write(styles.dim(cut(sessionText(about, zone, width), width)));
  };

  return {
    line(line, session) {
      headings(line, session);
      const { record, time, delta } = line;
      const when = time === undefined ? '-' : clockText(time, zone).slice(0, timeCells);
      const since = delta === undefined ? '' : `+${spanText(delta.second, delta.nano)}`;
      const result = textOf(cellOf(record, 'result'), plain) ?? '';
      const paint = resultStyle(styles, result) ?? same;
      const start = `${styles.dim(when.padEnd(timeCells))}${styles.dim(since.padStart(deltaCells))}  ${paint(
        (outcomeWords[result] ?? '?').padEnd(resultCells),
      )}  `;
      const told = cut(sentenceOfLine(line, plain), room);
      write(
        `${start}${isPainted ? paintCaller(told, [callerOf(record, plain), shortCallerOf(record, plain)], styles) : told}`.trimEnd(),
      );
    },
    note(text) {
      blank();
      write(styles.dim(text));
    },
  };
}

/** Where the sentence was cut within the name it stays as it is. */
function paintCaller(told: string, callers: readonly (string | undefined)[], styles: Styles): string {
  const caller = callers.find((one) => one !== undefined && told.startsWith(one));
  return caller === undefined ? told : `${styles.accent(caller)}${told.slice(caller.length)}`;
}

const outcomeWords: Readonly<Record<string, string>> = {
  SUCCESS: 'ok',
  ALLOW: 'ok',
  FAILURE: 'failed',
  DENY: 'denied',
};

function same(text: string): string {
  return text;
}

function cut(text: string, width: number | undefined): string {
  return width === undefined ? text : cutEnd(text, Math.max(width, 1));
}

function dashes({ ascii }: PageOptions): string {
  return ascii ? '--' : '──';
}

/** The time of day with the digits recorded. */
function clockText(time: Instant, zone: Zone): string {
  const text = instantText(time, zone);
  const end = text.endsWith('Z') ? text.length - 1 : text.length - '+hh:mm'.length;
  return text.slice('YYYY-MM-DDT'.length, end);
}

/** The same for times that stand under the same heading. */
function dayKey({ second }: Instant, zone: Zone): string {
  const offset = zone.offsetAt(second);
  return `${Math.floor((second + offset) / 86_400)} ${offset}`;
}

/** `Wed 18 March 2026, UTC`; in other zones with the offset, so that an hour that comes twice is told apart. */
function dayText(time: Instant, zone: Zone): string {
  const text = instantText(time, zone);
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  const offset = /[+-]\d\d:\d\d$/.exec(text)?.[0];
  const where = offset === undefined ? zone.name : `${zone.name} (${offset})`;
  return `${weekdays[date.getUTCDay()]} ${dateText(text)} ${text.slice(0, 4)}, ${where}`;
}

function dateText(text: string): string {
  return `${Number(text.slice(8, 10))} ${months[Number(text.slice(5, 7)) - 1]}`;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'January February March April May June July August September October November December'.split(' ');

/** `session 2, 01:06:11 to 02:15:30, 1 h 9 m, 61 records, 3 principals, 2 addresses` */
function sessionText(session: Session, zone: Zone, width = Number.POSITIVE_INFINITY): string {
  const whole = sessionParts(session, zone, true).join(', ');
  return displayWidth(whole) <= width ? whole : sessionParts(session, zone, false).join(', ');
}

/** Its length follows from its ends, and is left out first. */
function sessionParts(
  { number, first, last, records, principals, addresses }: Session,
  zone: Zone,
  withLength: boolean,
): readonly string[] {
  const [from, to] = [instantText(first, zone), instantText(last, zone)];
  const until = from.slice(0, 10) === to.slice(0, 10) ? '' : `${dateText(to)} `;
  const nano = last.nano - first.nano;
  return [
    `session ${digits(number)}`,
    records === 1 ? from.slice(11, 19) : `${from.slice(11, 19)} to ${until}${to.slice(11, 19)}`,
    ...(records === 1 || !withLength ? [] : [spanText(last.second - first.second, nano)]),
    count(records, 'record'),
    told(principals, 'principal', 'principals'),
    told(addresses, 'address', 'addresses'),
  ];
}

function told(number: number, one: string, several: string): string {
  return number > mostTold ? `more than ${digits(mostTold)} ${several}` : count(number, one, several);
}
