/**
 * Where the built twin of a module lies. Worker threads and WebAssembly exist only built, in `dist/`; when the caller
 * runs from `src/` (under the test runner) the same path below `dist/` is meant.
 * @param importMetaUrl the caller's `import.meta.url`
 * @param relative path from the caller, such as `./worker.js`
 */
export function builtUrl(importMetaUrl: string, relative: string): URL {
  const url = new URL(relative, importMetaUrl);
  if (importMetaUrl.endsWith('.ts')) url.pathname = url.pathname.replace(/\/src\/(?!.*\/src\/)/, '/dist/');
  return url;
}
