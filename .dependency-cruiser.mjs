/** The arrows of the house: which layer may import which. `import type` is free, except of a layer that only types may cross. */
const src = '^functions/src/';

/** A layer's files may import their own layer, packages, and these layers; `config` and the rest only when named. */
const layers = {
  contract: [],
  context: [],
  config: [],
  domain: ['contract'],
  platform: ['contract', 'config'],
  stores: ['contract', 'platform'],
  middleware: ['contract', 'config', 'stores', 'platform'],
  endpoints: ['contract', 'domain'],
  projections: ['contract', 'config', 'middleware'],
  triggers: ['contract', 'config', 'domain', 'middleware'],
  index: ['config', 'endpoints', 'triggers', 'projections'],
};

const layerPath = (names) => `${src}(${names.join('|')})(/|\\.ts$)`;

const arrows = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  comment: allowed.length === 0 ? `${layer} imports no value of ours` : `${layer} may import ${allowed.join(', ')}`,
  severity: 'error',
  from: { path: layerPath([layer]) },
  to: { path: src, pathNot: layerPath([layer, ...allowed]), dependencyTypesNot: ['type-only'] },
}));

export default {
  forbidden: [
    ...arrows,
    {
      name: 'no-stranger-layer',
      comment: 'every file of functions/src belongs to a layer',
      severity: 'error',
      from: { path: src, pathNot: layerPath(Object.keys(layers)) },
      to: {},
    },
    {
      name: 'no-stranger-file',
      comment: 'every file of functions/src belongs to a layer, one that imports nothing too',
      severity: 'error',
      from: { orphan: true, path: src, pathNot: layerPath(Object.keys(layers)) },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'values must not import each other in a ring',
      severity: 'error',
      from: { path: src },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] }, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'vendors-in-platform',
      comment: 'databases and Firebase Admin are opened in platform and nowhere else',
      severity: 'error',
      from: { path: src, pathNot: `${src}platform/` },
      to: { path: '(^|/)node_modules/(pg|ioredis|firebase-admin)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'src-stands-alone',
      comment: 'what is deployed imports neither scripts nor tests',
      severity: 'error',
      from: { path: src },
      to: { path: '^(scripts|functions/test|clients)/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: { path: src },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
