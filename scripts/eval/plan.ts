export const tasks = ['titles', 'title-to-concept', 'skills', 'adhoc'] as const;
export type Task = (typeof tasks)[number];

/** A development set, where it lies below the folder of data, and what is known of it. */
export interface DevelopmentSet {
  readonly folder: string;
  readonly task: Task;
  readonly name: string;
  /** The measure that `published` and `aim` are about. */
  readonly measure: string;
  /** Tables of a folder that holds several: the beginning of the name this is about. */
  readonly table?: string;
  readonly published: string;
  readonly aim?: number;
  /** Queries asked, evenly spread; all when absent. */
  readonly sample?: number;
}

/** MELO from the United States is not among them: its judgements are the crosswalk that the taxonomy ships. */
export const developmentSets: readonly DevelopmentSet[] = [
  {
    folder: 'benchmarks/jobtitlesim_es',
    task: 'titles',
    name: 'similar job titles, Spanish',
    measure: 'MAP',
    published: 'English original: BM25 .28, character n-grams .34, JobBERT-v2 .646',
    aim: 0.54,
  },
  {
    folder: 'benchmarks/talentclef25_taskA_val_spanish',
    task: 'titles',
    name: 'TalentCLEF 2025 task A validation, Spanish',
    measure: 'MAP',
    published: '-',
    aim: 0.5,
  },
  {
    folder: 'benchmarks/melo_esp_q_es_c_es',
    task: 'titles',
    name: 'MELO, Spanish to ESCO in Spanish',
    measure: 'MAP',
    published: 'BM25 on lemmas .276, character n-grams .340, E5 .459',
    aim: 0.53,
  },
  {
    folder: 'benchmarks/jobbert_title2esco',
    task: 'title-to-concept',
    name: 'JobBERT validation, English vacancy titles to ESCO',
    measure: 'acc@1',
    published: '-',
    aim: 0.31,
    sample: 2_000,
  },
  {
    folder: 'benchmarks/esco_skill_extraction',
    task: 'skills',
    table: 'tech',
    name: 'TECH validation, skills in English sentences',
    measure: 'RP@5',
    published: 'test split: bi-encoder .594, best .640',
    aim: 0.78,
  },
  {
    folder: 'benchmarks/esco_skill_extraction',
    task: 'skills',
    table: 'house',
    name: 'HOUSE validation, skills in English sentences',
    measure: 'RP@5',
    published: 'test split: .491',
    aim: 0.6,
  },
  {
    folder: 'benchmarks/skillskape',
    task: 'skills',
    name: 'SkillSkape development, generated English sentences',
    measure: 'RP@5',
    published: '-',
    sample: 200,
  },
  {
    folder: 'retrieval/cacm',
    task: 'adhoc',
    name: 'CACM, abstracts',
    measure: 'MAP',
    published: 'BM25 .312',
    aim: 0.31,
  },
  { folder: 'retrieval/cranfield', task: 'adhoc', name: 'Cranfield, abstracts', measure: 'MAP', published: '-' },
];
