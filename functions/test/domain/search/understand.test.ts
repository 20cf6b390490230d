import { understand } from '../../../src/domain/search/understand.ts';
import type { Understanding } from '../../../src/domain/search/understanding.ts';
import { type Recognizer, recognizerOf } from '../../../src/domain/text/recognizer.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';

let recognizer: Recognizer;
beforeAll(async () => {
  recognizer = recognizerOf(await openLexicon());
});
const asked = (text: string) => understand(recognizer, text).understood;
const ids = ({ skills }: Understanding) => skills.map(({ anyOf }) => anyOf.map(({ id }) => id));
const wanted = ({ skills }: Understanding) =>
  Object.fromEntries(skills.map(({ anyOf, importance }) => [anyOf[0]?.id, importance]));

describe('skills', () => {
  it('are known by any of their spellings, in any case, with and without accents', () => {
    for (const text of ['JavaScript', 'JS', 'javascript', 'JAVASCRIPT'])
      expect([text, ids(asked(text))]).toEqual([text, [['javascript']]]);
    expect(ids(asked('folha de pagamento'))).toEqual(ids(asked('Folha de Pagamento')));
  });

  it('that are ordinary words are found in a query typed without capitals, and only there', () => {
    expect(ids(asked('analista com excel e power bi'))).toEqual([['microsoft-excel'], ['power-bi']]);
    expect(ids(asked('You will excel in Power BI'))).toEqual([['power-bi']]);
  });

  it('joined by "ou", "or" or a slash are alternatives of one wish', () => {
    for (const text of ['Java ou Kotlin', 'Java or Kotlin', 'Java/Kotlin'])
      expect([text, ids(asked(text))]).toEqual([text, [['java', 'kotlin']]]);
    expect(ids(asked('Java e Kotlin'))).toEqual([['java'], ['kotlin']]);
  });

  it.each([
    'Requisitos: Java\nDiferencial: Kafka',
    'Java obrigatório. Kafka será um plus.',
    'Required: Java.\nNice to have: Kafka.',
    'Must have:\nJava\nPreferred:\nKafka',
    'Precisa de Java. Desejável Kafka.',
  ])('are required or preferred by their cue: %j', (text) => {
    expect(wanted(asked(text))).toEqual({ java: 'required', 'apache-kafka': 'preferred' });
  });

  it('that are said not to be needed are not asked for', () => {
    expect(wanted(asked('Java. Kafka não é necessário.'))).toEqual({ java: 'required' });
    expect(wanted(asked('Java. Kafka is not required.'))).toEqual({ java: 'required' });
  });

  it('are asked for once, however often they are said', () => {
    expect(ids(asked('Java, Java e mais Java'))).toEqual([['java']]);
  });
});

describe('alternatives', () => {
  it.each([
    ['AWS or GCP or Azure', [['amazon-web-services', 'google-cloud-platform', 'microsoft-azure']]],
    ['AWS, GCP ou Azure', [['amazon-web-services', 'google-cloud-platform', 'microsoft-azure']]],
    ['Python/R e SQL', [['python', 'r'], ['sql']]],
    ['SQL e Python ou R', [['sql'], ['python', 'r']]],
    ['Java ou experiência com Kotlin', [['java', 'kotlin']]],
    ['Pelo menos uma das seguintes: Snowflake, BigQuery e Redshift', [['snowflake', 'bigquery', 'amazon-redshift']]],
    ['At least one of MySQL, PostgreSQL', [['mysql', 'postgresql']]],
    ['Java, Kotlin e Go', [['java'], ['kotlin'], ['go']]],
    ['Java ou Kotlin. Dominar Java.', [['java', 'kotlin']]],
  ])('%j', (text, groups) => {
    expect(ids(asked(text))).toEqual(groups);
  });
});

describe('what a sentence says of each skill', () => {
  it.each([
    ['Java obrigatório, Kafka desejável', { java: 'required', 'apache-kafka': 'preferred' }],
    ['Java e Docker, Kafka é um diferencial', { java: 'required', docker: 'required', 'apache-kafka': 'preferred' }],
    [
      'Kubernetes, Docker e Kafka serão diferenciais',
      { kubernetes: 'preferred', docker: 'preferred', 'apache-kafka': 'preferred' },
    ],
    ['Desejável Kafka; obrigatório Java', { 'apache-kafka': 'preferred', java: 'required' }],
    ['Experience with Java; Kafka is a plus', { java: 'required', 'apache-kafka': 'preferred' }],
    ['Java is a must, Kafka preferred', { java: 'required', 'apache-kafka': 'preferred' }],
    ['sem PHP, com Java', { java: 'required' }],
    ['Java developer, no PHP', { java: 'required' }],
    ['Lançamentos no SAP, no Excel', { sap: 'required', 'microsoft-excel': 'required' }],
    ['Java, Kafka não é necessário', { java: 'required' }],
    ['Java. Kafka e Docker não são obrigatórios', { java: 'required' }],
    ['Não é necessário conhecimento em PHP, mas Java sim', { java: 'required' }],
    ['No need for PHP; Java is required', { java: 'required' }],
    ['Não exigimos PHP nem Perl', {}],
  ])('%j', (text, skills) => {
    expect(wanted(asked(text))).toEqual(skills);
  });

  it('that they are not needed is told, with where it was read', () => {
    const text = 'Java, Kafka não é necessário';
    const { ignored } = asked(text);
    expect(ignored).toEqual([
      { id: 'apache-kafka', label: 'Apache Kafka', because: 'negated', at: { start: 6, end: 11 } },
    ]);
    expect(understand(recognizer, text).asking).toBe('Java,       não é necessário');
  });
});

const vaga = `Desenvolvedora Java Sênior

Sobre a empresa
Há 20 anos no mercado, com escritório em São Paulo. Nosso time usa Slack e Tableau.

Responsabilidades
- Desenvolver APIs REST e Spring Boot
- Reportar ao gerente de engenharia

Requisitos
- Java e Spring Boot (mínimo de 5 anos)
- AWS, GCP ou Azure
- Inglês avançado ou espanhol fluente
- Não é necessário conhecimento em PHP

Diferenciais:
• Kafka
• Docker

Benefícios
- Curso de Python e de francês
- Trabalho remoto`;

const job = `Senior Data Engineer

About us
We are a Java shop with an office in London, in business for 30 years.

What you'll do
Build pipelines in Airflow.

Requirements:
* 5+ years with Python
* SQL; Kubernetes is a plus

Nice to have: dbt, Terraform

What we offer: remote work, Excel training`;

describe('a whole job description', () => {
  it('in Portuguese: asks for what stands under requirements, welcomes the rest, and takes nothing from the offer', () => {
    const read = asked(vaga);
    expect(wanted(read)).toEqual({
      java: 'required',
      'rest-apis': 'preferred',
      'spring-boot': 'required',
      'amazon-web-services': 'required',
      'apache-kafka': 'preferred',
      docker: 'preferred',
    });
    expect(read).toMatchObject({ years: { min: 5 }, seniority: ['senior'], places: [], workModes: [] });
    expect(read.languages).toEqual([
      {
        anyOf: [
          { code: 'en', level: 'C1' },
          { code: 'es', level: 'C1' },
        ],
        importance: 'required',
      },
    ]);
    expect(read.titles.map(({ label }) => label)).toEqual(['Desenvolvedora Java']);
    expect(Object.fromEntries(read.ignored.map(({ id, because }) => [id, because]))).toEqual({
      slack: 'offer',
      tableau: 'offer',
      php: 'negated',
      python: 'offer',
    });
  });

  it('in English likewise', () => {
    const read = asked(job);
    expect(wanted(read)).toEqual({
      'apache-airflow': 'preferred',
      python: 'required',
      sql: 'required',
      kubernetes: 'preferred',
      dbt: 'preferred',
      terraform: 'preferred',
    });
    expect(read).toMatchObject({ years: { min: 5 }, seniority: ['senior'], places: [], workModes: [] });
    expect(read.ignored.map(({ id }) => id)).toEqual(['java', 'microsoft-excel']);
  });

  it('points at every skill and title where it stands, and keeps the places of all words it goes on with', () => {
    for (const text of [vaga, job]) {
      const { understood, asking } = understand(recognizer, text);
      const pointed = [...understood.skills.flatMap(({ anyOf }) => anyOf), ...understood.ignored, ...understood.titles];
      for (const { id, at } of pointed) {
        const written = text.slice(at?.start, at?.end);
        expect([id, recognizer.skillNamed(written)?.id ?? recognizer.titles(written)[0]?.value.id]).toEqual([id, id]);
      }
      expect(asking).toHaveLength(text.length);
      expect(asking).not.toMatch(/Slack|Tableau|PHP|London|remot/);
    }
  });

  it('takes a line of a list for itself and not for a heading', () => {
    expect(wanted(asked('Requisitos\n- Java\n- Diferencial Docker\n- SQL'))).toEqual({
      java: 'required',
      docker: 'preferred',
      sql: 'required',
    });
  });

  it('knows a title that names both genders', () => {
    for (const text of ['Desenvolvedor(a) Python Pleno', 'Desenvolvedor/a Python Pleno'])
      expect([text, asked(text).titles.map(({ id }) => id)]).toEqual([text, ['own:python-developer']]);
  });

  it('needs a section of requirements to make the description of the work an aside', () => {
    expect(wanted(asked('Analista\nResponsabilidades\n- Relatórios em Power BI'))).toEqual({ 'power-bi': 'required' });
  });
});

describe('words', () => {
  it('are what nothing else was read from, each once', () => {
    expect(asked('Procuro Desenvolvedor Java em Recife com mainframe e mainframe bancário').words).toEqual([
      'mainframe',
      'bancário',
    ]);
    expect(asked(Array.from({ length: 80 }, (_, i) => `palavra${i}`).join(' ')).words).toHaveLength(50);
  });
});

describe('years', () => {
  it.each([
    ['5 anos de experiência', { min: 5 }],
    ['mínimo de 3 anos', { min: 3 }],
    ['5+ years', { min: 5 }],
    ['3 a 5 anos', { min: 3, max: 5 }],
    ['3-5 years', { min: 3, max: 5 }],
    ['de 3 até 5 anos', { min: 3, max: 5 }],
    ['no máximo 4 anos', { max: 4 }],
    ['up to 4 years', { max: 4 }],
    ['experiência comprovada', {}],
    ['pelo menos três anos de experiência', { min: 3 }],
    ['five or more years', { min: 5 }],
    ['5 a 3 anos', { min: 3, max: 5 }],
    ['maior de 18 anos', {}],
    ['empresa há 20 anos no mercado, 4 anos de experiência', { min: 4 }],
  ])('%j', (text, years) => {
    expect(asked(text).years).toEqual(years);
  });
});

describe('who, where and how', () => {
  it('takes level and occupation from a title in either language and gender', () => {
    for (const text of ['Desenvolvedora Backend Sênior', 'desenvolvedor backend senior', 'Senior backend developer']) {
      const { seniority, functions, titles } = asked(text);
      expect([text, seniority, functions, titles.length > 0]).toEqual([text, ['senior'], ['engineering'], true]);
    }
  });

  it('takes places with and without accents, and knows a state by its letters only in capitals', () => {
    expect(asked('em São Paulo').places.map(({ name }) => name)).toEqual(
      asked('em sao paulo').places.map(({ name }) => name),
    );
    expect(asked('se for em Recife').places.map(({ name }) => name)).toEqual(['Recife']);
    expect(asked('Aracaju, SE').places.map(({ name }) => name)).toContain('Sergipe');
  });

  it.each([
    ['inglês fluente', { code: 'en', level: 'C1' }],
    ['fluent English', { code: 'en', level: 'C1' }],
    ['inglês intermediário', { code: 'en', level: 'B2' }],
    ['português nativo', { code: 'pt', level: 'native' }],
    ['espanhol', { code: 'es' }],
  ])('takes a language with its level: %j', (text, language) => {
    expect(asked(text).languages).toEqual([{ anyOf: [language], importance: 'required' }]);
  });

  it('takes languages that are alternatives as one wish, and those that are not needed not at all', () => {
    expect(asked('inglês fluente ou espanhol').languages).toEqual([
      { anyOf: [{ code: 'en', level: 'C1' }, { code: 'es' }], importance: 'required' },
    ]);
    expect(asked('Não é necessário inglês').languages).toEqual([]);
    expect(asked('Desejável: alemão').languages).toEqual([{ anyOf: [{ code: 'de' }], importance: 'preferred' }]);
  });

  it('takes no word for a place or a level that only looks like one', () => {
    expect(asked('Vaga para clientes internos').places).toEqual([]);
    expect(asked('Vaga para clientes internos').seniority).toEqual([]);
    expect(asked('Vaga no Pará').places.map(({ name }) => name)).toEqual(['Pará']);
  });

  it.each([
    ['trabalho remoto', ['remote']],
    ['home office', ['remote']],
    ['híbrido em Recife', ['hybrid']],
    ['100% presencial', ['onsite']],
    ['remote or hybrid', ['remote', 'hybrid']],
    ['em Recife', []],
  ])('takes the work mode: %j', (text, workModes) => {
    expect(asked(text).workModes).toEqual(workModes);
  });
});

describe('a text that asks for nothing known', () => {
  it.each(['', '   ', '!!!', '🦊', 'xyzzy plugh', '\n\n:\n'])('asks for nothing: %j', (text) => {
    expect(asked(text)).toMatchObject({
      skills: [],
      titles: [],
      seniority: [],
      years: {},
      places: [],
      languages: [],
      workModes: [],
    });
  });

  it('is the same every time', () => {
    const text =
      'Analista de dados pleno com SQL, Python ou R, inglês avançado, 3 a 5 anos, híbrido em Campinas. Diferencial: Power BI.';
    expect(asked(text)).toEqual(asked(text));
    expect(JSON.stringify(asked(text))).toBe(JSON.stringify(asked(text)));
  });
});
