import { defineConfig } from 'vite';

const pages = ['index', 'shop', 'checkout', 'my', 'support', 'phone', 'mail', 'bank', 'clock'];

// Names carry no hash: the output is committed, and the server answers with an ETag over the bytes.
export default defineConfig({
  base: '/',
  publicDir: 'public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // The pages forbid inline data in fonts and scripts, and a small file of its own costs one cached request.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: pages.map((page) => `${page}.html`),
      output: {
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name].js',
        assetFileNames: 'assets/[name][extname]',
        // The live client is only loaded by the two pages that watch; everything else the pages share is one file.
        codeSplitting: {
          groups: [
            { name: 'signalr', test: /@microsoft[\\/]signalr|src[\\/]shared[\\/]live/ },
            { name: 'shared', test: /node_modules[\\/]preact|src[\\/]shared[\\/]|words[\\/](words\.ts|en[\\/])/ },
            { name: 'de', test: /words[\\/]de[\\/]/ },
            { name: 'zh', test: /words[\\/]zh[\\/]/ },
          ],
        },
      },
    },
  },
});
