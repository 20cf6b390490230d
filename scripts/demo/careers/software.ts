import type { Career } from './career.ts';

const fields = { pt: 'Ciência da Computação', en: 'Computer Science' };

export const software: readonly Career[] = [
  {
    id: 'backend', weight: 12, pt: ['Desenvolvedora backend', 'Desenvolvedor backend'], en: 'Backend engineer',
    lead: { pt: ['Líder técnica', 'Líder técnico'], en: 'Tech lead' },
    stacks: [
      ['Java', 'Spring Boot', 'Apache Kafka', 'PostgreSQL', 'Kubernetes'],
      ['Java', 'Spring', 'Hibernate', 'Oracle Database', 'RabbitMQ'],
      ['Python', 'Django', 'FastAPI', 'PostgreSQL', 'Redis'],
      ['Node.js', 'TypeScript', 'NestJS', 'MongoDB', 'Amazon Web Services'],
      ['C#', '.NET', 'ASP.NET', 'SQL Server', 'Microsoft Azure'],
      ['Go', 'gRPC', 'PostgreSQL', 'Google Cloud Platform', 'Docker'],
      ['PHP', 'Laravel', 'MySQL', 'Redis', 'Docker'],
    ],
    basics: ['Git', 'Docker', 'REST APIs', 'Microservices', 'CI/CD', 'Scrum', 'SQL', 'Unit testing'],
    didPt: [
      'Desenvolvi APIs em {a} e {b} que atendem {2-40} milhões de requisições por dia.',
      'Migrei um monólito para microsserviços com {a} e {b}, reduzindo o tempo de resposta em {20-60}%.',
      'Implementei processamento assíncrono com {c} para {3-80} mil pedidos por hora.',
      'Mantive a cobertura de testes acima de {70-95}% e automatizei as entregas com {c}.',
    ],
    didEn: [
      'Built services in {a} and {b} handling {2-40} million requests a day.',
      'Split a monolith into services with {a}, cutting response time by {20-60}%.',
      'Introduced asynchronous processing with {c} for {3-80} thousand orders an hour.',
    ],
    fields, industries: ['fintech', 'e-commerce', 'banking', 'technology', 'logistics'], neighbours: ['devops', 'frontend', 'data-engineer'],
    certifications: ['AWS Certified Developer Associate', 'Oracle Certified Professional Java SE 11'],
  },
  {
    id: 'frontend', weight: 6, pt: ['Desenvolvedora frontend', 'Desenvolvedor frontend'], en: 'Frontend engineer',
    stacks: [['React', 'TypeScript', 'Next.js', 'Redux'], ['Vue.js', 'JavaScript', 'Nuxt', 'Tailwind CSS'], ['Angular', 'TypeScript', 'Sass', 'Storybook']],
    basics: ['HTML', 'CSS', 'Git', 'Figma', 'Web accessibility', 'Jest', 'REST APIs', 'Design systems'],
    didPt: [
      'Construí a interface do portal de clientes em {a} e {b}, usada por {20-900} mil pessoas por mês.',
      'Criei um design system com {c} adotado por {3-14} times.',
      'Reduzi o tempo de carregamento em {25-65}% com {a} e revisão do empacotamento.',
    ],
    didEn: [
      'Built the customer portal in {a} and {b}, used by {20-900} thousand people a month.',
      'Cut page load time by {25-65}% by reworking how {a} renders.',
    ],
    fields, industries: ['e-commerce', 'media', 'edtech', 'fintech', 'technology'], neighbours: ['backend', 'mobile', 'ux'],
  },
  {
    id: 'mobile', weight: 4, pt: ['Desenvolvedora mobile', 'Desenvolvedor mobile'], en: 'Mobile engineer',
    stacks: [['Kotlin', 'Android', 'Jetpack Compose', 'Firebase'], ['Swift', 'iOS', 'SwiftUI', 'Xcode'], ['Flutter', 'Dart', 'Firebase', 'Mobile development'], ['React Native', 'TypeScript', 'Expo', 'Redux']],
    basics: ['Git', 'REST APIs', 'Unit testing', 'Scrum', 'GraphQL', 'CI/CD'],
    didPt: ['Publiquei o aplicativo em {a} com {b}, hoje com nota {4-5} e {100-900} mil downloads.', 'Reduzi travamentos em {30-80}% revendo a camada de rede em {a}.', 'Implementei pagamentos por Pix e biometria com {c}.'],
    didEn: ['Shipped the app in {a} with {b}, now at {100-900} thousand downloads.', 'Cut crashes by {30-80}% reworking the network layer in {a}.'],
    fields, industries: ['fintech', 'healthtech', 'retail', 'transport'], neighbours: ['frontend', 'backend'],
  },
  {
    id: 'devops', weight: 5, pt: ['Engenheira DevOps', 'Engenheiro DevOps'], en: 'DevOps engineer',
    stacks: [['Amazon Web Services', 'Terraform', 'Kubernetes', 'Prometheus', 'GitHub Actions'], ['Microsoft Azure', 'Azure DevOps', 'Ansible', 'Docker', 'PowerShell'], ['Google Cloud Platform', 'ArgoCD', 'Helm', 'Grafana', 'Terraform']],
    basics: ['Linux', 'Docker', 'CI/CD', 'Bash', 'Python', 'Observability', 'Incident management', 'Jenkins'],
    didPt: ['Automatizei a infraestrutura com {a} e {b}, reduzindo o custo mensal em {12-45}%.', 'Administrei {4-40} clusters e mantive disponibilidade de 99,9% com {c}.', 'Reduzi o tempo de entrega de {3-10} dias para {15-50} minutos com {b}.'],
    didEn: ['Automated infrastructure with {a} and {b}, saving {12-45}% a month.', 'Ran {4-40} clusters at 99.9% availability with {c} and on-call rotation.'],
    fields, industries: ['technology', 'fintech', 'telecom', 'e-commerce'], neighbours: ['backend', 'it-support', 'security'],
    certifications: ['Certified Kubernetes Administrator', 'AWS Certified Solutions Architect Associate', 'HashiCorp Certified Terraform Associate'],
  },
  {
    id: 'qa', weight: 4, pt: ['Analista de testes', 'Analista de testes'], en: 'QA engineer',
    stacks: [['Cypress', 'JavaScript', 'Test automation', 'Postman'], ['Selenium', 'Java', 'Cucumber', 'Jenkins'], ['Playwright', 'TypeScript', 'Performance testing', 'JMeter']],
    basics: ['Software testing', 'Jira', 'Scrum', 'SQL', 'REST APIs', 'Behavior-driven development'],
    didPt: ['Automatizei {120-900} cenários de regressão com {a} e {b}.', 'Reduzi defeitos em produção em {20-65}% com {c} e revisão de requisitos.', 'Executei testes de carga com {300-5000} usuários simultâneos usando {b}.'],
    didEn: ['Automated {120-900} regression scenarios with {a} and {b}.', 'Cut production defects by {20-65}% with {c} and earlier requirement reviews.'],
    fields, industries: ['technology', 'banking', 'insurance', 'e-commerce'], neighbours: ['backend', 'it-support'],
  },
  {
    id: 'security', weight: 3, pt: ['Analista de segurança da informação', 'Analista de segurança da informação'], en: 'Information security analyst',
    stacks: [['SIEM', 'SOC operations', 'Splunk', 'Threat intelligence'], ['Penetration testing', 'OWASP', 'Burp Suite', 'Vulnerability management'], ['ISO 27001', 'LGPD', 'Identity and access management', 'risk management']],
    basics: ['Information security', 'Linux', 'Firewall', 'Python', 'Cloud security', 'Incident management'],
    didPt: ['Conduzi {6-40} testes e planos de correção com {a} e {b}.', 'Reduzi o tempo médio de resposta a incidentes em {25-70}% com {c}.', 'Implantei controles de {a} em {4-30} sistemas críticos.'],
    didEn: ['Ran {6-40} assessments and remediation plans with {a} and {b}.', 'Cut mean time to respond by {25-70}% with {c}.'],
    fields, industries: ['banking', 'fintech', 'telecom', 'energy'], neighbours: ['devops', 'it-support'], certifications: ['CompTIA Security+', 'ISO 27001 Lead Implementer'],
  },
  {
    id: 'it-support', weight: 4, pt: ['Analista de suporte', 'Analista de suporte'], en: 'IT support analyst',
    stacks: [['technical support', 'Active Directory', 'Windows Server', 'ServiceNow'], ['Computer networking', 'Zabbix', 'Linux', 'VMware'], ['technical support', 'GLPI', 'computer repair', 'Microsoft Office']],
    basics: ['ITIL', 'Computer networking', 'Microsoft Excel', 'customer service', 'PowerShell'],
    didPt: ['Atendi em média {15-60} chamados por dia em {a} e {b}, com {85-98}% dentro do prazo.', 'Administrei {80-1200} estações com {c} e padronizei a documentação.', 'Reduzi a fila de chamados em {20-55}% com uma base de conhecimento em {b}.'],
    didEn: ['Resolved {15-60} tickets a day across {a} and {b}, {85-98}% on time.', 'Administered {80-1200} workstations with {c}.'],
    fields: { pt: 'Análise e Desenvolvimento de Sistemas', en: 'Information Systems' }, industries: ['technology', 'retail', 'healthcare', 'manufacturing'], neighbours: ['devops', 'qa'],
  },
  {
    id: 'erp', weight: 4, pt: ['Consultora SAP', 'Consultor SAP'], en: 'SAP consultant',
    stacks: [['SAP', 'SAP FI', 'SAP S/4HANA', 'ABAP'], ['SAP MM', 'SAP SD', 'SAP', 'process management'], ['TOTVS Protheus', 'ADVPL', 'SQL', 'tax calculation']],
    basics: ['ERP systems', 'Requirements analysis', 'SQL', 'project management', 'BPMN'],
    didPt: ['Implantei {a} em {2-12} filiais, com {b} e treinamento dos usuários.', 'Levantei requisitos e desenvolvi {10-60} relatórios e integrações com {c}.', 'Sustentei os módulos de {a} e {b}, reduzindo chamados em {15-50}%.'],
    didEn: ['Rolled out {a} to {2-12} sites with {b} and user training.', 'Designed {10-60} reports and interfaces with {c}.'],
    fields: { pt: 'Sistemas de Informação', en: 'Information Systems' }, industries: ['manufacturing', 'agribusiness', 'retail', 'consulting'], neighbours: ['it-support', 'accounting'],
  },
];
