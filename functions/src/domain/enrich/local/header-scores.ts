import type { Recognizer } from '../../text/recognizer.ts';
import { fold, tokenize } from '../../text/tokens.ts';
import type { Piece } from './pieces.ts';

/** How much a part of a heading line looks like a job's title, an employer, a place; the higher the surer, about -1..1.5. */
export interface HeaderScores {
  title(piece: Piece): number;
  company(piece: Piece): number;
  isPlace(text: string): boolean;
}

const employer =
  /(?<![\p{L}])(?:ltda|s\/a|s\.a|sa|me|eireli|epp|inc|corp|corporation|llc|gmbh|ltd|plc|co|group|grupo|holding|companhia|cia|company|banco|bank|hospital|clinica|clinic|universidade|university|faculdade|colegio|escola|school|institut[eo]|fundacao|foundation|prefeitura|secretaria de|ministerio|tribunal|governo|tecnologia|technologies|technology|tech|solutions|solucoes|sistemas ltda|systems|software|consultoria|consulting|associados|advogados|servicos|services|labs?|studio|agencia|agency|industria|industries|comercio|distribuidora|supermercados?|transportes|logistica|logistics|engenharia|construtora|seguros|insurance|energia|energy|telecom|digital|research|health|saude|foods|alimentos|farmacia|laboratorio|rede|loja|lojas|partners|ventures|media|airlines|motors|startup|cooperativa|associacao|association)(?![\p{L}])/u;
const roleWord =
  /(?<![\p{L}])(?:analista|assistente|auxiliar|gerente|coordenador\p{L}*|supervisor\p{L}*|diretor\p{L}*|tecnic[oa]|engenheir[oa]|desenvolvedor\p{L}*|programador\p{L}*|consultor\p{L}*|especialista|estagi\p{L}+|trainee|aprendiz|lider|enfermeir[oa]|medic[oa]|professor\p{L}*|vendedor\p{L}*|advogad[oa]|contador\p{L}*|operador\p{L}*|motorista|recepcionista|designer|arquitet[oa]|cientista|administrador\p{L}*|secretari[oa]|encarregad[oa]|chefe|socio|soci[oa]-\p{L}+|atendente|caixa|comprador\p{L}*|instrutor\p{L}*|farmaceutic[oa]|psicolog[oa]|nutricionista|engineer|developer|manager|analyst|director|intern|internship|assistant|associate|consultant|specialist|coordinator|lead|leader|head|officer|architect|scientist|administrator|accountant|nurse|teacher|researcher|representative|executive|president|founder|co-founder|ceo|cto|cfo|coo|vp|owner|technician|supervisor|clerk|receptionist|recruiter|programmer|editor|writer|fellow|lecturer|attorney|lawyer|paralegal|buyer|planner|controller|auditor|advisor|strategist|producer|chef|driver|operator|tester|qa|scrum master|product owner|partner|freelancer?|autonom[oa]|voluntari[oa]|buddy|agente|fiscal|inspetor\p{L}*|mecanic[oa]|eletricista|soldador\p{L}*|promotor\p{L}*|repositor\p{L}*|gestor\p{L}*|business partner)(?![\p{L}])/u;
const condition =
  /^(?:remot[eo]|home ?office|hibrido|hybrid|on-?site|presencial|clt|pj|full-?time|part-?time|tempo integral|meio periodo|periodo integral|freelance|contract|contrato|temporari[oa]|efetiv[oa]|permanent|estagio|internship|jornada integral|autonomo|self-?employed|brasil|brazil)$/;
const placeWord = /^(?:[a-z]{2}|de|da|do|the|remot[eo]|area|region|regiao|greater|grande|metropolitan|e|and)$/;

const cityAndState = /^\p{Lu}[\p{L}'’. ]{2,40}(?:,\s?|\s?[-–/]\s?)(\p{Lu}{2}|\p{Lu}\p{Ll}[\p{L} ]{2,30})$/u;

const cache = new WeakMap<Recognizer, HeaderScores>();

export function headerScoresOf(recognizer: Recognizer): HeaderScores {
  let scores = cache.get(recognizer);
  if (!scores) cache.set(recognizer, (scores = build(recognizer)));
  return scores;
}

function build(recognizer: Recognizer): HeaderScores {
  const isPlace = (text: string) => {
    const folded = fold(text).trim();
    if (condition.test(folded)) return true;
    if (text.length > 60 || !/^\p{Lu}/u.test(text)) return false;
    // `Cupertino, CA` and `Olinda/PE` are places, whether or not a list has the city.
    const state = cityAndState.exec(text)?.[1];
    if (state && recognizer.placesNamed(state).some(({ kind }) => kind !== 'city')) return true;
    const places = recognizer.places(text);
    if (places.length === 0) return false;
    return tokenize(text).every(
      ({ folded, start, end }) =>
        placeWord.test(folded) || places.some((place) => start >= place.start && end <= place.end),
    );
  };
  return {
    isPlace,
    title({ text, label }) {
      if (label) return label === 'title' ? 2 : -1;
      const words = tokenize(text);
      const folded = fold(text);
      const covered = recognizer.titles(text).reduce((sum, { start, end }) => sum + end - start, 0) / text.length;
      return (
        0.8 * covered +
        (roleWord.test(folded) ? 0.5 : 0) +
        (recognizer.seniorities(text).length > 0 ? 0.2 : 0) +
        (recognizer.functionOf(text) ? 0.2 : 0) -
        (employer.test(folded) ? 0.35 : 0) -
        (words.length > 8 ? 0.4 : 0) -
        (/\d{3}|@|https?:|[.!?]\s/.test(text) ? 0.6 : 0)
      );
    },
    company({ text, label }) {
      if (label) return label === 'company' ? 2 : -1;
      const words = tokenize(text);
      const folded = fold(text);
      const capitals =
        words.filter(({ start }) => /\p{Lu}|\p{N}/u.test(text[start] ?? '')).length / Math.max(1, words.length);
      return (
        0.2 +
        (employer.test(folded) ? 0.5 : 0) +
        0.3 * capitals -
        (roleWord.test(folded) ? 0.6 : 0) -
        (recognizer.titles(text).length > 0 ? 0.2 : 0) -
        (words.length > 7 ? 0.5 : 0) -
        (/@|https?:|[.!?]\s/.test(text) ? 0.6 : 0)
      );
    },
  };
}
