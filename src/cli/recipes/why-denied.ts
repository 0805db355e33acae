import type { Recipe } from './recipe.ts';

export const whyDenied: Recipe = {
  name: 'why-denied',
  summary: 'What somebody was refused, and why that may be',
  operand: 'WHO',
  example: 'u-9vd3rn',
  command: 'denials',
  expand: ({ operand }) => ({ fixed: { principal: [operand] } }),
};
