import type { Recipe } from './recipe.ts';

export const compromisedKey: Recipe = {
  name: 'compromised-key',
  summary: 'All that happened with an API key',
  operand: 'KEY',
  example: 'CIDEPLOY7Q2XKM5A',
  command: 'timeline',
  expand: ({ operand }) => ({ fixed: { credential: [operand] } }),
};
