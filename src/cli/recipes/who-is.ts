import type { Recipe } from './recipe.ts';

export const whoIs: Recipe = {
  name: 'who-is',
  summary: 'Which other names, keys and addresses somebody has',
  operand: 'NAME',
  example: 'u-9vd3rn',
  command: 'who',
  expand: ({ operand }) => ({ operands: [operand] }),
};
