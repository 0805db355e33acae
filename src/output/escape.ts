/**
 * The only place that makes outside text safe to show. Values of a record are written by whoever
 * caused the event, so a name may try to drive the terminal, reorder the line, hide characters or
 * turn into markup. What is escaped is for reading; exact values are in the JSON formats.
 */

/**
 * The text with every character that has no visible shape of its own written as JSON does
 * (`\u001b`; two escapes above U+FFFF): C0 (tab and line breaks too), DEL, C1, line and paragraph
 * separators, lone surrogates, noncharacters, and everything invisible: bidi controls, zero-width
 * characters, variation selectors, tags, fillers. The result never holds a control character.
 *
 * Joiners of emoji are no exception: `a<ZWJ>b` looks like `ab`, terminals disagree on the width of
 * joined emoji, and a log that shows `\u200d` is ugly but true. Combining marks stay, but not where
 * they would sit on foreign text or pile up over the lines around.
 *
 * On JSON text without white space between its tokens the result is JSON text of the same value.
 */
export function escapeControls(text: string): string {
  return printableAscii.test(text) ? text : text.replace(unsafe, unitEscapes);
}

/** A value for a cell of a Markdown table: nothing in it is markup, a link, HTML or the end of the cell. */
export function escapeMarkdown(text: string): string {
  return escapeControls(text)
    .replace(markdownSyntax, (character) => htmlEntities[character] ?? `\\${character}`)
    .replace(linkStart, (start) => `${start.slice(0, -1)}&#${start.charCodeAt(start.length - 1)};`);
}

const printableAscii = /^[\x20-\x7e]*$/;

/**
 * Cs in a `u` regex means lone surrogates only. More than eight marks on one letter is no
 * language; a mark at the very start has no letter to sit on.
 */
const unsafe =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|^\p{M}|\p{M}(?<=\p{M}{9})/gu;

function unitEscapes(character: string): string {
  let escapes = '';
  for (let i = 0; i < character.length; i++) {
    escapes += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return escapes;
}

/** A backslash becomes an entity, so that no character after it can take the escape away. */
const htmlEntities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\\': '&#92;' };
const markdownSyntax = /[\\&<>`*_[\]|~#!$]/g;

/** Where GitHub would make a link of bare text. */
const linkStart = /\b(?:https?|ftp):|\bwww\./gi;
