import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What a script was asked for on its command line. `--help` prints `help` and ends it with code 0; what it does not take ends it with code 2. */
export function readOptions<const Options extends ParseArgsOptionsConfig>(help: string, options: Options) {
  if (process.argv.slice(2).includes('--help')) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    console.error(`${(error as Error).message} (--help tells what there is)`);
    process.exit(2);
  }
}
