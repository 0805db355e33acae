import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/helpers/temporary-folder.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Golden cases each start a process; more at once only makes every one of them slower.
    maxConcurrency: 3,
    watch: false,
  },
});
