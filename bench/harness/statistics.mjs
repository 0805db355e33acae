/** Smallest, middle and largest. */
export function spread(numbers) {
  return { least: Math.min(...numbers), median: median(numbers), most: Math.max(...numbers) };
}

function median(numbers) {
  const ordered = [...numbers].sort((a, b) => a - b);
  const middle = ordered.length >> 1;
  return ordered.length % 2 === 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}
