import type { Career } from './career.ts';

const fields = { pt: 'Engenharia da Computação', en: 'Computer Engineering' };

export const productAndData: readonly Career[] = [
  {
    id: 'data-engineer',
    weight: 7,
    pt: ['Engenheira de dados', 'Engenheiro de dados'],
    en: 'Data engineer',
    stacks: [
      ['Apache Spark', 'Amazon Web Services', 'Apache Airflow', 'Python', 'Amazon Redshift'],
      ['Databricks', 'Apache Spark', 'Microsoft Azure', 'Azure Data Factory', 'Python'],
      ['BigQuery', 'Google Cloud Platform', 'dbt', 'Apache Airflow', 'SQL'],
      ['Apache Kafka', 'Apache Spark', 'Scala', 'Apache Hadoop', 'Amazon Web Services'],
    ],
    basics: ['SQL', 'ETL', 'Data modeling', 'Data lake', 'Git', 'Docker', 'Terraform', 'Data quality'],
    didPt: [
      'Construí pipelines em {a} e {b} que processam {1-20} TB por dia.',
      'Modelei o data lake com {c}, reduzindo o custo de consultas em {15-60}%.',
      'Migrei {40-400} rotinas legadas para {a}, com monitoramento de qualidade.',
    ],
    didEn: [
      'Built pipelines in {a} and {b} processing {1-20} TB a day.',
      'Designed the lakehouse with {c}, cutting query cost by {15-60}%.',
      'Migrated {40-400} legacy jobs to {a} with data-quality checks.',
    ],
    fields,
    industries: ['fintech', 'e-commerce', 'telecom', 'healthtech', 'banking'],
    neighbours: ['backend', 'data-analyst', 'data-scientist'],
    certifications: ['Databricks Certified Data Engineer Associate', 'AWS Certified Data Engineer Associate'],
  },
  {
    id: 'data-scientist',
    weight: 5,
    pt: ['Cientista de dados', 'Cientista de dados'],
    en: 'Data scientist',
    stacks: [
      ['Python', 'scikit-learn', 'XGBoost', 'pandas', 'Machine learning'],
      ['Python', 'PyTorch', 'Natural language processing', 'Large language models', 'Deep learning'],
      ['R', 'Statistics', 'Time series', 'SQL', 'Forecasting'],
    ],
    basics: ['Statistics', 'SQL', 'A/B testing', 'MLflow', 'Data visualization', 'Predictive modeling'],
    didPt: [
      'Treinei modelos com {a} e {b} que reduziram a inadimplência em {8-30}%.',
      'Coloquei em produção um modelo de {c} usado em {5-50} campanhas.',
      'Desenvolvi previsão de demanda com {a}, com erro médio de {4-12}%.',
    ],
    didEn: [
      'Trained models with {a} and {b} that cut losses by {8-30}%.',
      'Put a {c} model into production behind {5-50} campaigns.',
    ],
    fields: { pt: 'Estatística', en: 'Statistics' },
    industries: ['fintech', 'insurance', 'retail', 'healthtech'],
    neighbours: ['data-engineer', 'data-analyst'],
  },
  {
    id: 'data-analyst',
    weight: 6,
    pt: ['Analista de dados', 'Analista de dados'],
    en: 'Data analyst',
    stacks: [
      ['Power BI', 'DAX', 'SQL', 'Microsoft Excel'],
      ['Tableau', 'SQL', 'Python', 'A/B testing'],
      ['Looker Studio', 'BigQuery', 'Google Analytics', 'SQL'],
    ],
    basics: ['Data analysis', 'Data visualization', 'performance indicators', 'ETL', 'Statistics', 'advanced Excel'],
    didPt: [
      'Criei {8-60} painéis em {a} e {b} para a diretoria comercial.',
      'Automatizei relatórios com {c}, poupando {10-60} horas por mês.',
      'Analisei a jornada de {50-900} mil clientes e propus ações que elevaram a conversão em {4-20}%.',
    ],
    didEn: [
      'Built {8-60} dashboards in {a} and {b} for the sales board.',
      'Automated reports with {c}, saving {10-60} hours a month.',
    ],
    fields: { pt: 'Economia', en: 'Economics' },
    industries: ['retail', 'e-commerce', 'insurance', 'healthcare', 'edtech'],
    neighbours: ['data-scientist', 'data-engineer', 'financial'],
  },
  {
    id: 'product',
    weight: 5,
    pt: ['Gerente de produto', 'Gerente de produto'],
    en: 'Product manager',
    lead: { pt: ['Diretora de produto', 'Diretor de produto'], en: 'Head of product' },
    stacks: [
      ['Product discovery', 'Product roadmap', 'A/B testing', 'payment systems'],
      ['Product management', 'OKR', 'Backlog management', 'Open Finance'],
      ['Product discovery', 'User research', 'Amplitude Analytics', 'Stakeholder management'],
    ],
    basics: ['Product management', 'Scrum', 'SQL', 'Jira', 'User stories', 'Agile', 'performance indicators'],
    didPt: [
      'Conduzi {a} e {b} do produto de crédito, usado por {80-900} mil clientes.',
      'Aumentei a ativação em {8-40}% com experimentos e {c}.',
      'Priorizei o backlog de {2-6} times com {a}, com entregas quinzenais.',
    ],
    didEn: [
      'Owned {a} and {b} for a credit product with {80-900} thousand customers.',
      'Raised activation by {8-40}% through experiments and {c}.',
    ],
    fields: { pt: 'Administração', en: 'Business Administration' },
    industries: ['fintech', 'payments', 'edtech', 'e-commerce'],
    neighbours: ['data-analyst', 'ux', 'marketing'],
    certifications: ['Certified Scrum Product Owner'],
  },
  {
    id: 'ux',
    weight: 4,
    pt: ['Designer de produto', 'Designer de produto'],
    en: 'Product designer',
    stacks: [
      ['Figma', 'Prototyping', 'Design systems', 'User interface design'],
      ['User research', 'Figma', 'Usability testing', 'Service design'],
      ['Adobe Illustrator', 'Adobe After Effects', 'Motion design', 'Graphic design'],
    ],
    basics: ['User experience', 'Design thinking', 'Web accessibility', 'Information architecture', 'Miro'],
    didPt: [
      'Redesenhei o fluxo de cadastro com {a} e {b}, elevando a conclusão em {10-45}%.',
      'Conduzi {12-80} entrevistas com clientes e defendi {c} junto à diretoria.',
      'Mantive a biblioteca de {30-160} componentes no Figma.',
    ],
    didEn: [
      'Redesigned sign-up with {a} and {b}, raising completion by {10-45}%.',
      'Ran {12-80} customer interviews and championed {c}.',
    ],
    fields: { pt: 'Design', en: 'Design' },
    industries: ['fintech', 'e-commerce', 'media', 'healthtech'],
    neighbours: ['frontend', 'product', 'marketing'],
  },
];
