/** Ids of the two commits that were merged. Git writes them into conflict markers, so text of a file is never taken for one. */
export interface ConflictLabels {
  current: string;
  requested: string;
}

/** Lines that two sides changed differently. */
export interface LineConflict {
  /** First line of `current` in the current file, from 1. */
  line: number;
  /** Text on each side, with its line breaks; empty where a side deleted the lines. */
  current: string;
  requested: string;
}

/** Finds the conflicts in a file that Git merged. A file without markers, for example a binary one, has none. */
export function parseConflictMarkers(
  text: string,
  labels: ConflictLabels,
): LineConflict[] {
  const conflicts: LineConflict[] = [];
  let side: 'both' | 'current' | 'requested' = 'both';
  let currentLine = 1;
  let found: LineConflict | undefined;
  for (const line of text.split(/(?<=\n)/)) {
    const marker = line.trimEnd();
    if (side === 'both' && marker === `<<<<<<< ${labels.current}`) {
      side = 'current';
      found = { line: currentLine, current: '', requested: '' };
    } else if (side === 'current' && marker === '=======') {
      side = 'requested';
    } else if (
      found &&
      side === 'requested' &&
      marker === `>>>>>>> ${labels.requested}`
    ) {
      conflicts.push(found);
      found = undefined;
      side = 'both';
    } else {
      if (found && side !== 'both') {
        found[side] += line;
      }
      if (side !== 'requested') {
        currentLine += 1;
      }
    }
  }
  return conflicts;
}
