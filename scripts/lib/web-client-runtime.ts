import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
};

/**
 * The sources of the web client as JavaScript and declarations, each importing the other as `.js`.
 * @throws Error when a source cannot be told without the rest of the program, or imports more than the client is made of
 */
export function webClientRuntime(folder: string, generated: string): Record<string, string> {
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort();
  return Object.fromEntries(
    sources.flatMap((fileName) => {
      const source = readFileSync(path.join(folder, fileName), 'utf8').replace(
        "'../../contract/errors.ts'",
        "'./error-code.ts'",
      );
      const js = ts.transpileModule(source, { compilerOptions, fileName, reportDiagnostics: true });
      const types = ts.transpileDeclaration(source, {
        compilerOptions: { ...compilerOptions, declaration: true, isolatedDeclarations: true },
        fileName,
        reportDiagnostics: true,
      });
      const wrong = [...(js.diagnostics ?? []), ...(types.diagnostics ?? [])];
      if (wrong.length > 0)
        throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(wrong[0]?.messageText ?? '', ' ')}`);
      if (/from '\.\.\//.test(source)) throw new Error(`${fileName} imports from outside the client`);
      const name = path.basename(fileName, '.ts');
      return [
        [`${name}.js`, `// ${generated}\n${withJsImports(js.outputText)}`],
        [`${name}.d.ts`, `// ${generated}\n${withJsImports(types.outputText)}`],
      ];
    }),
  );
}

const withJsImports = (code: string) => code.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'");
