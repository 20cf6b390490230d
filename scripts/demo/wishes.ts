import type { Wish } from './person.ts';

const saoPaulo = { city: 'São Paulo', region: 'SP', country: 'BR' };

const repeat = (count: number, wish: Wish): Wish[] => Array.from({ length: count }, () => wish);

/** The first people of a tenant: enough good answers, and near misses, for the questions a visitor asks first. */
export const wishes: readonly Wish[] = [
  ...repeat(7, {
    lang: 'pt',
    career: 'backend',
    stack: ['Java', 'Spring Boot', 'Apache Kafka', 'PostgreSQL', 'Kubernetes'],
    years: [8, 12],
    feminine: true,
    home: saoPaulo,
    english: 'C1',
  }),
  ...repeat(4, {
    lang: 'pt',
    career: 'backend',
    stack: ['Java', 'Spring Boot', 'Apache Kafka', 'PostgreSQL', 'Kubernetes'],
    years: [3, 5],
    home: saoPaulo,
  }),
  ...repeat(3, {
    lang: 'pt',
    career: 'backend',
    stack: ['Java', 'Spring', 'RabbitMQ', 'Hibernate', 'Oracle Database'],
    years: [8, 12],
    home: saoPaulo,
    english: 'B2',
  }),
  ...repeat(6, {
    lang: 'en',
    career: 'data-engineer',
    stack: ['Apache Spark', 'Amazon Web Services', 'Apache Airflow', 'Python', 'Amazon Redshift'],
    years: [8, 12],
    remote: true,
  }),
  ...repeat(3, {
    lang: 'en',
    career: 'data-engineer',
    stack: ['Databricks', 'Apache Spark', 'Microsoft Azure', 'Azure Data Factory', 'Python'],
    years: [4, 9],
  }),
  ...repeat(7, {
    lang: 'pt',
    career: 'accounting',
    stack: ['financial close', 'account reconciliation', 'SPED', 'advanced Excel'],
    years: [4, 5],
  }),
  ...repeat(3, {
    lang: 'pt',
    career: 'accounting',
    stack: ['tax calculation', 'ICMS', 'PIS/COFINS', 'SPED'],
    years: [6, 12],
  }),
  ...repeat(8, {
    lang: 'pt',
    career: 'nurse',
    stack: ['intensive care', 'mechanical ventilation', 'medication administration', 'patient safety'],
    years: [2, 14],
  }),
  ...repeat(4, {
    lang: 'en',
    career: 'product',
    stack: ['Product discovery', 'Product roadmap', 'A/B testing', 'payment systems'],
    years: [4, 11],
    industry: 'fintech',
  }),
  ...repeat(4, {
    lang: 'pt',
    career: 'product',
    stack: ['Product management', 'OKR', 'Backlog management', 'Open Finance'],
    years: [4, 11],
    industry: 'fintech',
  }),
];
