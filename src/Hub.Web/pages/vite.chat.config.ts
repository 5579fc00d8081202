import { defineConfig } from 'vite';

// The chat is one file that any front end can load, beside the pages and independent of their chunks.
export default defineConfig({
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../wwwroot',
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    lib: { entry: 'src/chat/element.tsx', name: 'OmniHubChat', formats: ['iife'], fileName: () => 'omnihub-chat.js' },
  },
});
