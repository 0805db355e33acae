/** What the host calls. `kernel.ts` beside this folder describes the whole. */
export { forget, setSeed } from './intern';
export { setLine, setOut, startOut, stop, stopPart, stopTuple, writeLines, written } from './lines';
export { setFields, setScratch, setTrie } from './memory';
export { startNodes } from './order';
export {
  blanks,
  doubts,
  fullGroup,
  isFull,
  lines,
  projectLines,
  projectListed,
  rows,
  setCopies,
  setGroups,
  setPrefixes,
  setRecordFields,
  setRows,
  startBlock,
} from './rows';
export { blankLines, candidates, resetSearch, search, searchedLines, setNeedles } from './search';
export { setClosedNode } from './walk';
export { setDecoded, setWrapper } from './wrapped';
