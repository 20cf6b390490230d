const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodeEntity = (name: string): string => {
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  if (!name.startsWith('#')) return entities[name] ?? '';
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
};

/** One token of a header or footer that means text: a run's text, a tab, a line break, the end of a cell or paragraph. */
const token = /<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|<w:(tab|br|cr)\s*\/>|<\/w:(p|tc|tr)>/g;
/** Word writes text boxes twice, once for old readers. */
const fallback = /<mc:Fallback>[\s\S]*?<\/mc:Fallback>/g;

const marginText = (xml: string): string => {
  let text = '';
  for (const [, run, blank, end] of xml.replace(fallback, '').matchAll(token)) {
    if (run !== undefined) text += run.replace(/&(#?\w{1,8});/g, (_, name: string) => decodeEntity(name));
    else if (blank !== undefined) text += blank === 'tab' ? '\t' : '\n';
    else if (end === 'p') text += '\n';
  }
  return text.trim();
};

/**
 * Texts of the headers or footers, each once, in the order of their part names. Many templates keep name and contact
 * there.
 */
export const marginTexts = (parts: ReadonlyMap<string, string>, margin: 'header' | 'footer'): string[] => {
  const names = [...parts.keys()].filter((name) => name.startsWith(`word/${margin}`) && name.endsWith('.xml')).sort();
  const texts = names.map((name) => marginText(parts.get(name) ?? ''));
  return [...new Set(texts)].filter((text) => text !== '');
};
