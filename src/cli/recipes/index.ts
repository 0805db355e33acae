import { compromisedKey } from './compromised-key.ts';
import { newSince } from './new-since.ts';
import { offHours } from './off-hours.ts';
import type { Recipe } from './recipe.ts';
import { whatChangedBefore } from './what-changed-before.ts';
import { whatDid } from './what-did.ts';
import { whoDeleted } from './who-deleted.ts';
import { whoIs } from './who-is.ts';
import { whyDenied } from './why-denied.ts';

/** In the order they are listed. A new recipe is one file and one row here. */
export const recipes: readonly Recipe[] = [
  whoDeleted,
  whatDid,
  whatChangedBefore,
  compromisedKey,
  whyDenied,
  newSince,
  offHours,
  whoIs,
];
