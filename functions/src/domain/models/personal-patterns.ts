/** What kind of personal data a span is. */
export type PersonalKind = 'name' | 'email' | 'phone' | 'link' | 'address' | 'birth' | 'document';

/**
 * What looks like personal data by itself. Where there is a group, the data is the group, and the match ends with it: what is
 * before is a label, and found much sooner so than by looking behind. Every repetition is bounded, so that no text takes long.
 */
export const personalPatterns: readonly { readonly kind: PersonalKind; readonly pattern: RegExp }[] = [
  {
    kind: 'email',
    pattern: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu,
  },
  { kind: 'link', pattern: /\b(?:https?:\/\/|www\.)[^\s<>"'|]{2,300}/giu },
  // Without a scheme a link needs a path, and a domain that is no product of its own (ASP.NET/C#, socket.io).
  {
    kind: 'link',
    pattern:
      /(?<![\p{L}\p{N}.@])(?:[\p{L}\p{N}-]{1,63}\.){1,4}(?:com|br|org|dev|me|app|page|site|github\.io)\/[\p{L}\p{N}@~_][^\s<>"'|,;]{0,200}/giu,
  },
  // CPF, RG and what else is written with its name; a CPF and an RG also without.
  { kind: 'document', pattern: /(?<!\d)\d{3}\.\d{3}\.\d{3}[-/]\d{2}(?!\d)/gu },
  { kind: 'document', pattern: /(?<![\d.])\d{1,2}\.\d{3}\.\d{3}-[\dXx](?![\p{L}\d])/gu },
  {
    kind: 'document',
    pattern:
      /(?<!\p{L})(?:CPF|RG|CNH|PIS|PASEP|NIS|CTPS|SSN|DNI|NIF|passaporte|passport|título de eleitor)[^\S\n]{0,3}(?:n[º°.o]{0,2}|number|no\.?)?[^\S\n]{0,3}[:#-]?[^\S\n]{0,3}((?=\p{L}{0,3}[-.]?\d)[\p{L}\d][\p{L}\d./-]{4,24})/giu,
  },
  // International with a plus; Brazilian and American groups; eleven digits and more in a row. Two years are no phone.
  { kind: 'phone', pattern: /\+\d{1,3}[\d\s().-]{6,20}\d(?!\d)/gu },
  { kind: 'phone', pattern: /(?<![\d.,/$-])\(?0?\d{2}\)?[\s.-]{0,2}(?:9[\s.-]?)?\d{4}[\s.-]?\d{4}(?![\d/]|[.,]\d)/gu },
  { kind: 'phone', pattern: /(?<![\d.,/$-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}(?![\d/]|[.,]\d)/gu },
  { kind: 'phone', pattern: /(?<![\d.,/$-])(?!(?:19|20)\d\d[\s.-](?:19|20)\d\d)9?\d{4}[.-]\d{4}(?![\d/]|[.,]\d)/gu },
  {
    kind: 'phone',
    pattern:
      /(?<!\p{L})(?:tel|fone|telefone|celular|cel|whatsapp|phone|mobile)\.?[^\S\n]{0,3}:?[^\S\n]{0,3}([+(]?\d[\d\s().-]{5,20}\d)/giu,
  },
  // With a label the rest of the line; without, from the kind of street to the number and what is inside the house.
  {
    kind: 'address',
    pattern:
      /(?<!\p{L})(?:endereço|endereco|residência|residencia|address)[^\S\n]{0,3}:[^\S\n]{0,3}(\S[^\n|]{2,150})/giu,
  },
  {
    kind: 'address',
    pattern:
      /(?<!\p{L})(?:rua|avenida|av\.|travessa|alameda|praça|rodovia|estrada|viela|servidão)\s+(?:\p{L}[\p{L}.'-]{0,30}\s+){0,7}\p{L}[\p{L}.'-]{0,30}(?:,\s*|\s+)(?:n[º°.o]{1,2}\s*|km\s*)?(?:\d{1,5}[A-Za-z]?|s\/n)(?!\d)(?:[\s,-]{1,3}(?:apto?|apartamento|bloco|bl|casa|sala|conj|conjunto)\.?\s*[\p{L}\d]{1,6}(?![\p{L}\d])){0,3}/giu,
  },
  {
    kind: 'address',
    pattern:
      /(?<![\p{L}\d])R\.\s+(?:\p{L}[\p{L}.'-]{0,30}\s+){0,6}\p{L}[\p{L}'-]{0,30},\s*(?:n[º°.o]{1,2}\s*)?\d{1,5}(?!\d)/gu,
  },
  {
    kind: 'address',
    pattern:
      /(?<![\p{L}\d])\d{1,5}\s+(?:\p{Lu}[\p{L}.'-]{0,30}\s+){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Court|Way)(?!\p{L})\.?(?:,?\s*(?:Apt|Suite|Unit|#)\.?\s*[\p{L}\d]{1,6})?/gu,
  },
  // A CEP.
  { kind: 'address', pattern: /(?<![\d.-])\d{2}\.?\d{3}-\d{3}(?![\d-])/gu },
  // Dates are told only with what says that somebody was born then: jobs have days, too.
  {
    kind: 'birth',
    pattern:
      /(?<!\p{L})(?:nascid[oa] em|nascid[oa]|nascimento|data de nasc\.?|nasc\.?|born on|born|birth ?date|date of birth|dob)[^\S\n]{0,3}:?[^\S\n]{0,3}((?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}º?\s+(?:de\s+)?\p{L}{3,10}\.?,?\s+(?:de\s+)?\d{4}|\p{L}{3,10}\.?\s+\d{1,2},?\s+\d{4}|\d{4})(?!\d))/giu,
  },
  { kind: 'birth', pattern: /(?<!\p{L})(?:idade|age)[^\S\n]{0,3}:[^\S\n]{0,3}(\d{1,3}(?!\d))/giu },
];
