import {
  type Lexicon,
  type NameContext,
  type SkillFamily,
  type SkillTransfer,
  skillFamilies,
} from '../../functions/src/contract/lexicon.ts';
import { byCode, fold, isSpellingOf, isVariantOf } from './names.ts';
import { SkillBook } from './skill-book.ts';
import { readSource, readTable } from './tables.ts';

/** ESCO skills asked for by fewer occupations than this are left to the full taxonomy. */
const leastOccupations = 22;
/** O*NET examples in fewer occupations than this, and not marked hot, are mostly one maker's niche product. */
const leastExamples = 12;

function family(name: string): SkillFamily {
  const found = skillFamilies.find((known) => known === name);
  if (found === undefined) throw new Error(`unknown skill family "${name}"`);
  return found;
}

/** All skills: reviewed lists first, so that public lists can only add to them. @param from folder of the public data */
export function buildSkills(from: string): Pick<Lexicon, 'skills' | 'contexts' | 'cues' | 'transfer'> {
  const rule = (name: string) =>
    new Set(
      readSource('ambiguous.tsv')
        .filter((row) => row.get('rule') === name)
        .map((row) => fold(row.get('term'))),
    );
  const contexts = readContexts();
  const inContext = contexts.flatMap(({ names }) => names.map(fold));
  const book = new SkillBook(rule('drop'), new Set([...rule('case-sensitive'), ...inContext]));
  for (const row of readSource('skills-core.tsv')) {
    const labelPt = row.get('labelPt');
    book.write({
      label: row.get('label'),
      aliases: row.list('aliases'),
      family: family(row.get('family')),
      ...(labelPt === '' ? {} : { labelPt }),
    });
  }
  for (const row of readSource('skills-pt.tsv')) {
    const labelPt = row.get('labelPt');
    book.write({
      id: row.get('id'),
      label: row.get('labelEn'),
      labelPt,
      aliases: [...row.list('aliasesPt'), ...row.list('aliasesEn')],
      family: family(row.get('family')),
    });
  }
  addGithubTopics(book, from);
  addOnetTechnology(book, from);
  addEscoSkills(book, from);
  addPortugueseNames(book);
  return { skills: book.skills(), contexts, cues: readCues(), transfer: readTransfer(book) };
}

function readContexts(): NameContext[] {
  return readSource('contexts.tsv').map((row) => {
    const words = (column: string) => row.list(column).map(fold);
    return {
      names: row.list('names'),
      needs: needs(row.get('needs')),
      notAfter: words('notAfter'),
      notBefore: words('notBefore'),
      cues: words('cues'),
      against: words('against'),
    };
  });
}

function needs(evidence: string): NameContext['needs'] {
  const found = ([1, 2, 3] as const).find((known) => String(known) === evidence);
  if (found === undefined) throw new Error(`contexts.tsv: needs "${evidence}" is none of 1, 2, 3`);
  return found;
}

function readCues(): Lexicon['cues'] {
  const rows = readSource('cues.tsv');
  const words = (side: string) =>
    rows.filter((row) => row.get('side') === side).flatMap((row) => row.list('words').map(fold));
  return { before: words('before'), after: words('after') };
}

function addGithubTopics(book: SkillBook, from: string): void {
  const chosen = new Map(readSource('github-topics.tsv').map((row) => [row.get('topic'), family(row.get('family'))]));
  for (const row of readTable(`${from}/skills/github_explore_topics.tsv`)) {
    const [, label = '', inBrackets = ''] = /^(.*?)(?:\s*\(([^)]*)\))?$/.exec(row.get('display_name')) ?? [];
    const pick = chosen.get(row.get('topic'));
    const id =
      pick === undefined ? (book.find(row.get('topic')) ?? book.find(label)) : book.offer({ label, family: pick });
    if (id === undefined) continue;
    book.cite(id, ['github', row.get('topic')]);
    const known = book.label(id) ?? label;
    const spellings = [...row.list('aliases', ','), row.get('topic')].map((alias) => alias.replaceAll('-', ' '));
    for (const alias of spellings) if (isSpellingOf(alias, known)) book.alias(id, alias);
    if (inBrackets !== '' && isVariantOf(inBrackets, label)) book.alias(id, inBrackets);
  }
}

const vendor =
  /^(Microsoft|Oracle|IBM|Apache|Adobe|Autodesk|SAP|Google|Corel|Red Hat|Apple|ESRI|Amazon|Qlik Tech|Dassault Systemes|StataCorp|Atlassian|Hewlett Packard|National Instruments|MathWorks|The MathWorks|SmugMug|Salesforce|Bentley|Trimble|PTC|Eclipse|Intuit) /;

function addOnetTechnology(book: SkillBook, from: string): void {
  const families = new Map(
    readSource('onet-families.tsv').map((row) => [row.get('commodity'), family(row.get('family'))]),
  );
  const examples = new Map<string, { count: number; hot: boolean; family: SkillFamily | undefined }>();
  for (const row of readTable(`${from}/taxonomies/onet_29_2/Technology_Skills.tsv.gz`)) {
    const name = row.get('Example');
    const seen = examples.get(name) ?? {
      count: 0,
      hot: row.get('Hot Technology') === 'Y',
      family: families.get(row.get('Commodity Title')),
    };
    seen.count += 1;
    examples.set(name, seen);
  }
  for (const [name, { count, hot, family }] of [...examples].sort(([a], [b]) => byCode(a, b))) {
    if (!hot && count < leastExamples) continue;
    const product = name.replace(/ software$/, '');
    const known = book.find(name) ?? book.find(product) ?? book.find(product.replace(vendor, ''));
    if (known !== undefined) {
      book.offer({
        label: book.label(known) ?? product,
        aliases: [name],
        family: family ?? 'tool',
        hot,
        source: ['onet', name],
      });
      continue;
    }
    // "Billing software", "Inventory management systems": a kind of program, not one.
    if (family === undefined || (!hot && /(software|systems?|sites|tools)( [A-Z]{2,5})?$/.test(name))) continue;
    book.offer({ label: product, family, hot, source: ['onet', name] });
  }
}

function addEscoSkills(book: SkillBook, from: string): void {
  const families = new Map(readSource('esco-families.tsv').map((row) => [row.get('isco'), family(row.get('family'))]));
  const familyOf = (isco: string): SkillFamily | undefined =>
    [4, 3, 2, 1].map((length) => families.get(isco.slice(0, length))).find((found) => found !== undefined);
  const uses = new Map<string, { total: number; votes: Map<SkillFamily, number> }>();
  for (const row of readTable(`${from}/taxonomies/esco_1_2_0/occupation_skill_relations_en.tsv.gz`)) {
    const label = row.get('skill_label');
    const use = uses.get(label) ?? { total: 0, votes: new Map<SkillFamily, number>() };
    use.total += 1;
    const vote = familyOf(row.get('isco_group'));
    if (vote !== undefined) use.votes.set(vote, (use.votes.get(vote) ?? 0) + 1);
    uses.set(label, use);
  }
  const alternatives = new Map<string, string[]>();
  const ids = new Map<string, string>();
  for (const row of readTable(`${from}/skills/esco_skills_merged_en.tsv.gz`)) {
    const label = row.get('label_en');
    const uri = row.get('uri');
    alternatives.set(label, row.list('alt_labels_en(|)'));
    ids.set(label, uri.slice(uri.lastIndexOf('/') + 1));
  }
  for (const [label, { total, votes }] of [...uses].sort(([a], [b]) => byCode(a, b))) {
    const name = label.replace(/ \([^)]*\)$/, '');
    if (total < leastOccupations || name.split(' ').length > 5) continue;
    // One-word ESCO labels ("mechanics", "troubleshoot") are everyday words; those worth having are in the reviewed lists.
    if (!name.includes(' ') && book.find(name) === undefined) continue;
    const [top, count] = [...votes].sort(([f, a], [g, b]) => b - a || byCode(f, g))[0] ?? ['soft', 0];
    const aliases = (alternatives.get(label) ?? [])
      .map((alias) => alias.replace(/\s+/g, ' '))
      .filter((alias) => !/^an? /.test(alias) && isVariantOf(alias, name))
      .sort((a, b) => a.length - b.length || byCode(a, b));
    // What a quarter of its occupations share is its field; below that it is asked for everywhere.
    book.offer({ label: name, aliases: aliases.slice(0, 3), family: count * 4 > total ? top : 'soft' });
  }
  // Also of the skills that came from elsewhere, so that their ids can be crosswalked.
  for (const [label, id] of ids) {
    const known = book.find(label.replace(/ \([^)]*\)$/, ''));
    if (known !== undefined) book.cite(known, ['esco', id]);
  }
}

/** Names in use in Brazil for what the public lists name in English: `=` a proper name, `>other-id` the same skill as another. */
function addPortugueseNames(book: SkillBook): void {
  const rows = readSource('skill-names-pt.tsv').map((row) => ({
    id: row.get('id'),
    labelPt: row.get('labelPt'),
    aliases: row.list('aliases'),
  }));
  for (const { id, labelPt } of rows) {
    if (labelPt.startsWith('>')) book.merge(id, labelPt.slice(1));
    else if (labelPt !== '') book.namePt(id, labelPt === '=' ? 'proper name' : labelPt);
  }
  for (const { id, labelPt, aliases } of rows) {
    for (const alias of aliases) book.alias(labelPt.startsWith('>') ? labelPt.slice(1) : id, alias);
  }
}

function readTransfer(book: SkillBook): SkillTransfer[] {
  const id = (label: string): string => {
    const found = book.find(label);
    if (found === undefined) throw new Error(`transfer.tsv names an unknown skill "${label}"`);
    return found;
  };
  return readSource('transfer.tsv')
    .map((row) => ({ from: id(row.get('from')), to: id(row.get('to')), weight: Number(row.get('weight')) }))
    .sort((a, b) => byCode(a.from, b.from) || byCode(a.to, b.to));
}
