import type { Finding } from '../../contract/finding.ts';

interface Kind {
  readonly family: Exclude<Finding['family'], 'stuffing'>;
  readonly confidence: Finding['confidence'];
}

/** A phrase to be met with in folded text (lower case, no accents), where a word of `heads` begins; `regex` is sticky. */
export interface InstructionPhrase extends Kind {
  readonly heads: readonly string[];
  readonly regex: RegExp;
}

/** Marks of a format, wherever they stand; `regex` is global. */
export interface InstructionMark extends Kind {
  readonly regex: RegExp;
}

const gap = '[^a-z0-9]{1,8}';
const words = (most: string) => `(?:[^a-z0-9]{1,8}[a-z0-9]+){0,${most}}[^a-z0-9]{1,8}`;

/** The words a phrase can begin with: its first group's alternatives, or its first word; `s?` is with and without. */
const headsOf = (source: string): string[] => {
  const from = source.replace(/^(?:\(\?<![^)]*\))+/, '');
  const group = /^\(\?:([^()]*)\)/.exec(from)?.[1];
  return (group?.split('|') ?? [from]).flatMap((alternative) => {
    const word = /^(?:[a-z0-9]\??)+/.exec(alternative)?.[0] ?? '';
    return [word.replaceAll('?', ''), word.replace(/.\?/g, '')];
  });
};

/** In a source a blank is any gap between two words, and `..3` at most three words in between; both may run over a line's end. */
const of = (family: Kind['family'], confidence: Kind['confidence'], ...sources: string[]): InstructionPhrase[] =>
  sources.map((source) => ({
    family,
    confidence,
    heads: [...new Set(headsOf(source))],
    regex: new RegExp(
      `(?:${source.replace(/ \.\.(\d) /g, (_, most: string) => words(most)).replaceAll(' ', gap)})(?![a-z0-9])`,
      'y',
    ),
  }));

const orders = '(?:instructions?|prompts?|directives?|guidelines|commands?|rules|criteria|context|messages?|text)';
const earlier = '(?:previous|prior|above|earlier|preceding|foregoing|original|initial|existing|system)';
const ordens =
  '(?:instruc(?:ao|oes)|orientac(?:ao|oes)|ordens|regras|comandos?|prompts?|diretrizes|criterios|mensagens|contexto)';
const anteriores =
  '(?:anterior(?:es)?|acima|previ[oa]s?|antecedentes?|precedentes?|origina(?:l|is)|inicia(?:l|is)|do sistema)';
const machine =
  '(?:a i|ai|llms?|large language models?|language models?|artificial intelligence|chatbots?|chatgpt|gpt|ai models?|ai assistants?|ai systems?|ai recruiters?|ai reviewers?|ai agents?)';
const maquina =
  '(?:ia|i a|ias|llms?|inteligencias? artificia(?:l|is)|modelos? de linguagem|chatbots?|chatgpt|gpt|assistentes? (?:virtua(?:l|is)|de ia)|robos? de triagem)';
const me = '(?:candidate|applicant|resume|cv|profile|curriculum)';
const eu = '(?:candidat[oa]s?|curriculo|cv|perfil|curriculum|concorrente)';
const este = '(?:este|esta|esse|essa|deste|desta|desse|dessa|neste|nesta|ao presente|o presente)';
const best =
  '(?:first|1st|top|number one|no 1|highest|best|perfect|ideal|strongest|maximum|max|10|100|1 0|exceptional|outstanding|qualified|hired|hire|above|over)';
const melhor =
  '(?:primeir[oa]|topo|maxim[oa]|melhor|ideal|perfeit[oa]|nota 10|10|100|cem|dez|excelente|acima|contratad[oa])';

/** Instruction-like text in English and Portuguese. Every line is tested with an example, and held against clean resumes. */
export const instructionPhrases: readonly InstructionPhrase[] = [
  ...of(
    'override',
    'high',
    `(?:ignore|disregard|forget|override|bypass|discard|dismiss|overlook) ..3 ${earlier} ..3 ${orders}`,
    `(?:ignore|disregard|forget|discard) ..2 (?:all|any|every|your|these|those) ..2 ${orders}`,
    `(?:ignore|disregard|forget) ..2 ${orders} (?:above|before|given|you|that|from|so far)`,
    `(?:ignore|disregard|forget) (?:everything|anything|all|what) (?:above|before|you|else|that|was|has|prior|previous)`,
    `do not (?:follow|obey|apply) ..3 (?:previous|prior|above|earlier|original|system|your) ..2 ${orders}`,
    `(?:ignore|desconsidere|esqueca|descarte|despreze|anule|ignorem|desconsiderem|esquecam) ..3 ${ordens} ..3 (?:${anteriores}|recebid[oa]s|dad[oa]s|fornecid[oa]s|ate agora)`,
    `(?:ignore|desconsidere|esqueca|descarte|despreze) ..2 (?:tod[oa]s?|qualquer|quaisquer|suas?|seus?) ..2 ${ordens}`,
    `(?:ignore|desconsidere|esqueca) (?:tudo|o que|todo o texto) ..3 (?:acima|antes|anterior|anteriormente|disse|disseram|foi dito|leu)`,
    `nao (?:siga|obedeca|aplique) ..3 ${ordens} ..2 ${anteriores}`,
  ),
  ...of(
    'override',
    'medium',
    `(?:new|updated|revised|hidden|secret|special) (?:system )?(?:instructions?|prompt|directive) (?:for|to) (?:the |any |all )?(?:${machine}|model|assistant|screener|reviewer|evaluator|system)`,
    `(?:novas?|novos) (?:instruc(?:ao|oes)|ordens|diretrizes) (?:para|a|ao|do sistema) ..1 (?:${maquina}|modelo|sistema|assistente|avaliador|triagem)`,
    `(?:stop|halt) (?:evaluating|screening|ranking|processing) ..2 (?:candidates|resumes|applicants)`,
  ),
  ...of(
    'role',
    'high',
    `you are (?:now |no longer )?(?:an?|the|my)? ?${machine}`,
    `you are (?:now |no longer )(?:an?|the|my) ..2 (?:assistant|recruiter|evaluator|screener|ranker|reviewer|judge|model|system)`,
    `you are (?:an?|the) (?:helpful|recruiting|recruitment|hiring|ranking|screening|resume|unbiased) ..2 (?:assistant|recruiter|evaluator|screener|ranker|reviewer|judge|model|system)`,
    `(?:if|since|because|when) you (?:are|re) ..2 ${machine}`,
    `(?:act|behave|respond|pretend|answer) (?:as|like) ..2 ${machine}`,
    `pretend (?:that )?(?:you are|to be|you re)`,
    `as an ai (?:language )?(?:model|assistant)`,
    `from now on you (?:are|will|must|should|only)`,
    `(?:attention|note|notice|message|instructions?|memo|important|hey|dear|hello) ..1 (?:to|for)? ?(?:the |any |all |every )?(?:${machine}|ats|screening (?:bot|model|software|system)|automated (?:screener|screening|reviewer|system)s?)(?: reading| processing| evaluating| reviewing| screening)`,
    `(?:note|message|instructions?|memo|notice) (?:to|for) (?:the |any |all |every )?${machine}`,
    `(?:ai|llms?|language models?|models?|assistants?) (?:reading|processing|evaluating|reviewing|parsing|screening|ranking) (?:this|these|the) ${me}`,
    `voce (?:agora )?(?:e|sera|passa a ser) (?:agora )?(?:um |uma |o |a |meu |minha )?(?:${maquina}|modelo de ranking|assistente de (?:recrutamento|selecao|triagem|contratacao|rh)|recrutador(?:a)? automatic[oa]|avaliador(?:a)? de curriculos?|sistema de (?:triagem|selecao|ranking))`,
    `se voce (?:e|for|seja) (?:um|uma|o|a) ${maquina}`,
    `(?:aja|atue|comporte se|responda|finja) (?:como|ser) ..2 ${maquina}`,
    `finja (?:que|ser) (?:voce )?(?:e|um|uma|o|a)`,
    `a partir de agora voce (?:e|sera|deve|vai|so)`,
    `(?:atencao|nota|mensagem|aviso|recado|instruc(?:ao|oes)) (?:a|ao|aos|as|para) (?:o |a |os |as |qualquer |todos os |todas as )?(?:${maquina}|modelo|sistema de triagem|sistema automatico|avaliador automatico|triagem automatica|recrutador automatico)`,
    `(?:ia|llm|modelo|modelos|assistente) que (?:estiver|esta|estao|le|leia|ler|avalia|avalie|avaliar|processa|processe|analisa|analise|analisar) ..2 (?:este|esse|o|esta) ${eu}`,
  ),
  ...of(
    'ranking',
    'high',
    `(?<!i )(?<!we )(?:rank|score|rate|place|put|list|move|position|mark|grade|treat|evaluate|assess|classify|rush|advance) (?:this|the present|said|my|our) ${me} ..6 ${best}`,
    `(?:give|assign|award|grant|return|output|set) ..5 (?:this|my|the present) ${me} ..6 (?:${best}|score|rating|points?|marks?|rank)`,
    `(?:give|assign|award|grant|return|output|set|score) ..4 (?:score|rating|rank|points?|marks?|grade|10|100) ..5 (?:this|my|the present) ${me}`,
    `this (?:candidate|applicant|resume|cv|profile|person) (?:must|should|shall|has to|needs to|is to|will) ..1 (?:be|rank|come|appear|get|receive) ..3 (?:ranked|hired|selected|recommended|placed|rated|scored|chosen|shortlisted|advanced|prioriti[sz]ed|first|top|highest|considered|treated|accepted|approved)`,
    `(?:always|must|you should|you will|only|please|immediately) (?:rank|recommend|select|hire|choose|shortlist|prefer|accept|approve|advance|prioriti[sz]e) (?:this|the present|my) ${me}`,
    `(?:reject|discard|penalise|penalize|downgrade|exclude|lower|ignore|demote|disqualify) ..2 (?:all|any|every|the) ?(?:of the )?other (?:candidates|applicants|resumes|profiles)`,
    `(?:rank|score|rate|place) ..2 (?:other|remaining) (?:candidates|applicants|resumes) ..4 (?:lower|last|bottom|below|0|zero)`,
    `do not (?:reject|discard|penali[sz]e|exclude|filter|disqualify) (?:this|my) ${me}`,
    `${este} ${eu} (?:deve|devera|precisa|tem que|tem de|merece) ..1 (?:ser|ficar|aparecer|receber|vir|estar|obter) ..4 (?:${melhor}|classificad[oa]|recomendad[oa]|selecionad[oa]|escolhid[oa]|aprovad[oa]|priorizad[oa]|primeiro|nota|pontuacao|considerad[oa])`,
    `(?:classifique|ranqueie|posicione|coloque|contrate|selecione|escolha|aprove|priorize|pontue|ponha|eleja|promova|classifiquem|coloquem) (?:sempre |imediatamente )?${este} ${eu}`,
    `(?:recomende|recomendem|indique|avalie|considere|trate|marque|liste) (?:sempre |imediatamente |fortemente )?${este} ${eu}`,
    `(?:de|atribua|conceda|retorne|dar|atribuir) ..4 (?:nota|pontuacao|score|avaliacao|pontos) ..6 (?:a|para|ao) (?:${este} ${eu}|este|esta)`,
    `(?:de|atribua|conceda|retorne) (?:a|para|ao) ..1 ${este}? ?${eu} ..3 (?:nota|pontuacao|score) ..2 ${melhor}`,
    `(?:rejeite|descarte|rebaixe|penalize|elimine|reprove|exclua|ignore|desclassifique) ..2 (?:outr[oa]s|demais) ${eu}`,
    `nao (?:rejeite|descarte|elimine|reprove|filtre|penalize|desclassifique) ${este} ${eu}`,
  ),
  ...of(
    'ranking',
    'medium',
    `(?<!i )(?<!we )(?<!to )(?<!highly )(?<!strongly )(?:recommend|hire|select|shortlist|choose|approve|accept|prioritise|prioritize) this ${me}`,
    `this (?:candidate|applicant|resume|cv) is (?:by far )?(?:the|a) (?:best|ideal|perfect|strongest|top|most qualified|only) ..1 (?:candidate|match|fit|choice|applicant|person|one)`,
    `${este} (?:candidat[oa]|curriculo|perfil) e ..2 (?:melhor|ideal|perfeit[oa]|mais qualificad[oa]) ..1 (?:candidat[oa]|opcao|escolha|perfil|para|de)`,
    `(?:score|rating|rank|match|fit) ?(?:of |is |to )?(?:10 10|100 100|100 out of 100|10 out of 10) (?:for|to) (?:this|my) ${me}`,
  ),
  ...of(
    'exfiltration',
    'high',
    `(?:print|reveal|show|repeat|output|display|leak|expose|disclose|dump|tell me|send me|return|share|write) ..3 (?:your|the|system|hidden|initial) ..1 (?:prompt|system prompt|system message|system instructions|hidden instructions|initial instructions|instructions verbatim|api keys?|secret keys?|credentials of|training data)`,
    `what (?:is|are|was|were) your (?:system |initial |original |hidden )?(?:prompt|instructions)`,
    `(?:print|reveal|show|output|send|leak|list|dump|email) ..4 (?:other|all|every) ?(?:of the )?(?:other )?(?:candidates?|applicants?) ?s? ..1 (?:data|names|emails|resumes|scores|details|information|profiles|phones?)`,
    `(?:imprima|revele|mostre|repita|exiba|envie|exponha|vaze|divulgue|escreva|diga) ..3 (?:seu|sua|suas|seus|o|as|teu) ..1 (?:prompt|instruc(?:ao|oes) (?:do sistema|inicia(?:l|is)|ocultas?|secretas?|internas?)|mensagem (?:de|do) sistema|chaves? (?:de api|secretas?)|credenciais)`,
    `(?:imprima|revele|mostre|exiba|envie|vaze|divulgue|liste) ..4 (?:outr[oa]s|demais|tod[oa]s os) (?:candidat[oa]s|curriculos|perfis)`,
    `(?:follow|execute|obey|run|apply) ..3 (?:instructions?|commands?|prompt|orders?|steps) ..3 (?:at|from|in|on)${gap}https?://\\S{1,200}`,
    `(?:visit|fetch|open|load|go to|access|retrieve|browse)${gap}https?://\\S{1,200} ..2 (?:follow|execute|obey|for|instructions?|run)`,
    `(?:siga|execute|obedeca|cumpra|aplique) ..3 (?:instruc(?:ao|oes)|comandos?|prompt|ordens|passos) ..3 (?:em|de|no|na)${gap}https?://\\S{1,200}`,
    `(?:acesse|visite|abra|carregue|busque)${gap}https?://\\S{1,200} ..2 (?:siga|execute|obedeca|cumpra|instruc(?:ao|oes))`,
  ),
  ...of(
    'format',
    'high',
    `end of (?:the )?(?:resume|cv|document|candidate data|user input|context|untrusted (?:data|input))(?= ?(?:$|[^a-z0-9]{0,8}(?:system|new|now|begin|instructions?)))`,
    `fim do (?:curriculo|documento|contexto|texto do candidato)(?= ?(?:$|[^a-z0-9]{0,8}(?:sistema|nov[oa]s?|agora|inicio|instruc(?:ao|oes))))`,
    `(?:respond|reply|answer|return|output) (?:only|just|exactly|solely) (?:with|the following|in json)`,
    `(?:responda|retorne|devolva|escreva) (?:apenas|somente|so|unicamente|exatamente) (?:com|o seguinte|em json|a frase|a palavra)`,
  ),
];

/** Marks of chat templates and of answers as a model would give them. */
export const instructionMarks: readonly InstructionMark[] = [
  // Everything up to the closing mark belongs to it.
  '<\\|[a-z_]{2,20}\\|>[\\s\\S]{0,2000}<\\|(?:im_end|eot_id|end|endoftext|end_of_turn)\\|>',
  '<\\|[a-z_]{2,20}\\|>',
  '\\[inst\\][\\s\\S]{0,2000}\\[/inst\\]',
  '\\[/?inst\\]',
  '<<sys>>[\\s\\S]{0,2000}<</sys>>',
  '<</?sys>>',
  '<(system|assistant|instructions?|system_prompt|tool_call|function_call|tool_result|admin|override)>[\\s\\S]{0,2000}</\\1>',
  '</?(?:system|assistant|system_prompt|tool_call|function_call|tool_result|start_of_turn|end_of_turn|untrusted|user_input|resume|candidate)>',
  '^[ \\t]*#{2,4}[ \\t]*(?:instructions?|system|response|human|assistant|user|instrucao|instrucoes|resposta|sistema)[ \\t]*:',
  '(?<=^|[.!?]\\s)[ \\t]*\\[?(?:system|assistant|sistema|assistente|developer)\\]?[ \\t]*:[^\\n]{0,80}\\b(?:you|ignore|rank|score|recommend|candidate|voce|este candidato|esta candidata|candidat[oa]|recomend|instructions?|instruc)',
  '```[a-z]{0,12}\\s*(?:assistant|system|assistente|sistema)\\b[\\s\\S]{0,2000}?```',
  // An answer as a model would give it.
  '[{\\[][^{}]{0,400}["\']?(?:score|rank|ranking|rating|recommendation|recommended|decision|verdict|match_?score|fit_?score|hire|nota|pontuacao|recomendacao|decisao|tool|function_call|tool_calls?|role)["\']?\\s*:\\s*["\']?[a-z0-9][^{}]{0,400}[}\\]]',
  '!\\[[^\\]\\n]{0,200}\\]\\(https?://[^)\\s]{1,400}[?&][^)\\s]{0,400}\\)',
].map((source): InstructionMark => ({ family: 'format', confidence: 'high', regex: new RegExp(source, 'gm') }));
