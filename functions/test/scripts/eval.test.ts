import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { readCollection } from '../../../scripts/eval/collections.ts';
import { DatasetError } from '../../../scripts/eval/files.ts';
import { readJudged } from '../../../scripts/eval/judged.ts';
import {
  accuracyAt,
  averagePrecision,
  evenly,
  means,
  precisionAt,
  reciprocalRank,
  rPrecisionAt,
} from '../../../scripts/eval/metrics.ts';
import { intoPage } from '../../../scripts/eval/report.ts';
import { readSentences } from '../../../scripts/eval/sentences.ts';
import { readTitledConcepts } from '../../../scripts/eval/title-to-concept.ts';

/** A folder with these files; a name that ends in .gz is compressed. */
function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'eval-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), name.endsWith('.gz') ? gzipSync(text) : text);
  }
  return root;
}

describe('the measures', () => {
  const relevant = new Set(['a', 'b', 'c']);
  const ranked = ['x', 'a', 'b', 'y', 'z'];

  it('are as published', () => {
    // Relevant at ranks 2 and 3 of three: (1/2 + 2/3) / 3.
    expect(averagePrecision(ranked, relevant)).toBeCloseTo(7 / 18, 10);
    expect(reciprocalRank(ranked, relevant)).toBe(1 / 2);
    expect(precisionAt(5, ranked, relevant)).toBe(2 / 5);
    expect(precisionAt(10, ranked, relevant)).toBe(2 / 10);
    // As many as could be found in five are three, not five.
    expect(rPrecisionAt(5, ranked, relevant)).toBe(2 / 3);
    expect(rPrecisionAt(2, ranked, relevant)).toBe(1 / 2);
    expect([accuracyAt(1, ranked, relevant), accuracyAt(2, ranked, relevant)]).toEqual([0, 1]);
  });

  it('are 0 for an empty ranking and 1 for a perfect one', () => {
    expect([averagePrecision([], relevant), reciprocalRank([], relevant), rPrecisionAt(5, [], relevant)]).toEqual([
      0, 0, 0,
    ]);
    expect([averagePrecision(['c', 'b', 'a'], relevant), rPrecisionAt(5, ['c', 'b', 'a'], relevant)]).toEqual([1, 1]);
  });

  it('leave out of a mean what is not defined', () => {
    expect(means([{ m: 1 }, { m: undefined }, { m: 0 }])).toEqual({ m: 1 / 2 });
  });

  it('take samples evenly', () => {
    expect(evenly([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]);
    expect(evenly([0, 1], 4)).toEqual([0, 1]);
  });
});

describe('a folder of queries, corpus and judgements', () => {
  const expected = {
    queries: [
      { id: 'q1', text: 'engenheiro, civil' },
      { id: 'q2', text: 'padeiro' },
    ],
    documents: [
      { id: 'd1', text: 'Engenheira civil' },
      { id: 'd2', text: 'Padeira' },
    ],
    relevant: new Map([['q1', new Set(['d1'])]]),
  };

  it.each([
    [
      'tables without endings, with a heading',
      {
        queries: 'q_id\tjobtitle\nq1\tengenheiro, civil\nq2\tpadeiro\n',
        corpus_elements: 'c_id\tjobtitle\nd1\tEngenheira civil\nd2\tPadeira\n',
        'qrels.tsv': 'q1\t0\td1\t1\nq1\t0\td2\t0\n',
      },
    ],
    [
      'gzipped tables without a heading',
      {
        'queries.tsv.gz': 'q1\tengenheiro, civil\nq2\tpadeiro\n',
        'corpus_elements.tsv.gz': 'd1\tEngenheira civil\r\nd2\tPadeira\r\n',
        'annotations.tsv.gz': 'q1\t0\td1\t1\n',
        'concept_mapping.tsv.gz': 'd1\thttp://example.test/c\n',
      },
    ],
    [
      'CSV with quotes',
      {
        'queries.csv': 'id,title\nq1,"engenheiro, civil"\nq2,padeiro\n',
        'corpus_documents.csv': 'd1,Engenheira civil\nd2,Padeira\n',
        'annotations.csv': 'q1,0,d1,1\n',
      },
    ],
    [
      'folders of text files',
      {
        'queries/q1.txt': 'engenheiro, civil',
        'queries/q2.txt': 'padeiro',
        'corpus_elements/d1.txt': 'Engenheira civil',
        'corpus_elements/d2.txt': 'Padeira',
        'qrels.tsv': 'query\tdocument\tgrade\nq1\td1\t2\nq1\td2\t0\n',
      },
    ],
  ])('is read from %s', (_, files) => {
    expect(readJudged(folder(files))).toMatchObject(expected);
  });

  it.each([
    ['no judgements', { queries: 'q1\tx\n', corpus: 'd1\tx\n' }, /no file of judgements.*corpus, queries/],
    [
      'judgements of other queries',
      { queries: 'q1\tx\n', corpus: 'd1\tx\n', qrels: 'z9 0 d1 1\n' },
      /names one of the 1 queries/,
    ],
    [
      'judgements of other documents',
      { queries: 'q1\tx\n', corpus: 'd1\tx\n', qrels: 'q1 0 z9 1\n' },
      /names one of the 1 documents/,
    ],
    [
      'nothing judged relevant',
      { queries: 'q1\tx\n', corpus: 'd1\tx\n', qrels: 'q1 0 d1 0\n' },
      /judges nothing as relevant/,
    ],
  ])('is refused in a sentence: %s', (_, files, message) => {
    expect(() => readJudged(folder(files))).toThrow(DatasetError);
    expect(() => readJudged(folder(files))).toThrow(message);
  });
});

describe('other forms', () => {
  it('SMART: queries count from 1, whatever their number', () => {
    const { queries, documents, relevant } = readCollection(
      folder({
        'cran.all.1400': '.I 1\n.T\nwing\n.A\nbrown\n.W\nin a slipstream\n.I 2\n.W\nheat\n',
        'cran.qry': '.I 004\n.W\nwhat of wings\n',
        cranqrel: '1 1 2\n1 2 -1\n',
      }),
    );
    expect(queries).toEqual([{ id: '1', text: 'what of wings\n' }]);
    expect(documents.map(({ id, text }) => [id, text.split(/\s+/).filter(Boolean)])).toEqual([
      ['1', ['wing', 'brown', 'in', 'a', 'slipstream']],
      ['2', ['heat']],
    ]);
    expect(relevant).toEqual(new Map([['1', new Set(['1'])]]));
  });

  it('TREC: topics and documents between their marks', () => {
    const { queries, documents } = readCollection(
      folder({
        'topics.txt': '<top>\n<num> Number: 7\n<title> time sharing\n</top>',
        'corpus.xml': '<DOC>\n<DOCNO> D-1 </DOCNO>\ntime sharing\n</DOC>',
        'qrels.txt': '7 Q0 D-1 1\n',
      }),
    );
    expect([queries[0]?.id, queries[0]?.text.trim(), documents[0]?.id, documents[0]?.text.trim()]).toEqual([
      '7',
      'time sharing',
      'D-1',
      'time sharing',
    ]);
  });

  it('sentences with a label a row, or with a list as Python prints it; training files and empty labels are left out', () => {
    const { sets, vocabulary } = readSentences(
      folder({
        'a_annotations.csv':
          'sentence,span,label\n"We use SQL, daily",SQL,SQL\n"We use SQL, daily",x,LABEL NOT PRESENT\n',
        'dev.csv': `,sentence,skills\n0,Milk cows,"['care for cows', ""farmer's trade""]"\n1,Nothing,['UNK']\n`,
        'train.csv.gz': `,sentence,skills\n0,Milk,['milk']\n`,
        'labels.txt': 'SQL\ncare for cows\n',
      }),
    );
    expect(sets).toEqual([
      { name: 'a_annotations', sentences: new Map([['We use SQL, daily', new Set(['SQL'])]]) },
      { name: 'dev', sentences: new Map([['Milk cows', new Set(['care for cows', "farmer's trade"])]]) },
    ]);
    expect(vocabulary).toEqual(['SQL', 'care for cows']);
  });

  it('titles beside the URI of their occupation', () => {
    const uri = 'http://data.europa.eu/esco/occupation/x';
    expect(readTitledConcepts(folder({ 'titles_val.csv.gz': `,vacancyTitle,conceptUri\n0,Nurse,${uri}\n` }))).toEqual([
      { name: 'titles_val', titles: [{ text: 'Nurse', uri }] },
    ]);
  });
});

describe('npm run eval', () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/eval.ts', ...args], { timeout: 60_000 }).then(
      ({ stdout }) => ({ code: 0, said: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
    );

  it('measures a folder by letters and words, and with the learned vectors, which know other languages', async () => {
    const dataset = folder({
      queries: 'q1\tcamionero\nq2\tcamarera\n',
      corpus: 'd1\ttruck driver\nd2\twaitress\nd3\tgeologist\nd4\tjudge\n',
      qrels: 'q1 0 d1 1\nq2 0 d2 1\n',
    });
    const { code, said } = await run('--dataset', dataset, '--task', 'titles');
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/^lexical: queries 2, .*\nlexical \+ learned: queries 2, documents 4, MAP 1\.000/),
    ]);
  });

  it.each([
    ['a folder that is not there', ['--dataset', '/nowhere', '--task', 'titles'], 1, '/nowhere is not a folder'],
    ['a task that is not there', ['--dataset', '.', '--task', 'dance'], 2, '--task takes one of titles'],
    ['nothing', [], 2, '--dataset takes a folder'],
  ])('says what is wrong with %s', async (_, args, code, sentence) => {
    expect(await run(...args)).toEqual({ code, said: expect.stringContaining(sentence) });
  });
});

describe('the page', () => {
  it('gets its results where they stood, and at its end where they never did', () => {
    const once = intoPage('# Evaluation\n\nWords.\n', 'first');
    expect(intoPage(once, 'second')).toBe(once.replace('first', 'second'));
    expect(once.startsWith('# Evaluation\n\nWords.\n')).toBe(true);
  });
});
