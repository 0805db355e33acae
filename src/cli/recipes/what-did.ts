import type { Recipe } from './recipe.ts';

export const whatDid: Recipe = {
  name: 'what-did',
  summary: 'What somebody did, step by step',
  operand: 'WHO',
  example: 'u-9vd3rn',
  command: 'timeline',
  expand: ({ operand }) => ({ fixed: { principal: [operand] } }),
};
