/** What decides whether a run is seen; undefined where nothing is said of it. */
export interface RunLook {
  readonly vanish?: boolean | undefined;
  /** `#rrggbb`, or `auto`. */
  readonly colour?: string | undefined;
  /** In half-points. */
  readonly size?: number | undefined;
  /** What is behind it: `#rrggbb`; null when it cannot be told. */
  readonly shade?: string | null | undefined;
}

export const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(tag)?.[1];

const tagOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<w:${name}(?:\\s[^>]*)?/?>`).exec(xml)?.[0];

export const colourOf = (value: string | undefined): string | undefined =>
  value === undefined ? undefined : /^[0-9a-f]{6}$/i.test(value) ? `#${value.toLowerCase()}` : 'auto';

/** The shading of a run, paragraph or cell: undefined for none, null for a pattern or a colour of the theme. */
export const shadeOf = (properties: string): string | null | undefined => {
  const highlight = tagOf(properties, 'highlight');
  if (highlight && attribute(highlight, 'w:val') !== 'none') return null;
  const shade = tagOf(properties, 'shd');
  if (!shade) return undefined;
  const fill = attribute(shade, 'w:fill');
  if (attribute(shade, 'w:val') !== 'clear' || attribute(shade, 'w:themeFill') !== undefined) return null;
  return fill === undefined || fill === 'auto' ? undefined : (colourOf(fill) ?? null);
};

/** What run properties (the inside of `w:rPr`) say themselves. */
export const lookOf = (properties: string): RunLook => {
  const vanish = tagOf(properties, 'vanish') ?? tagOf(properties, 'webHidden');
  const colour = tagOf(properties, 'color');
  const size = Number(attribute(tagOf(properties, 'sz') ?? '', 'w:val') ?? Number.NaN);
  return {
    vanish: vanish === undefined ? undefined : !/^(0|false|off)$/.test(attribute(vanish, 'w:val') ?? ''),
    colour: colourOf(colour && attribute(colour, 'w:val')),
    size: Number.isNaN(size) ? undefined : size,
    shade: shadeOf(properties),
  };
};

/** The first look counts, what it leaves open is the next one's. */
export const mergeLooks = (first: RunLook, next: RunLook): RunLook => ({
  vanish: first.vanish ?? next.vanish,
  colour: first.colour ?? next.colour,
  size: first.size ?? next.size,
  shade: first.shade === undefined ? next.shade : first.shade,
});

const deepest = 12;

/** The look of a style by its id, with that of the styles it is based on, from `word/styles.xml`. */
export const stylesOf = (xml: string): ((id: string | undefined) => RunLook) => {
  const styles = new Map<string, { look: RunLook; basedOn: string | undefined }>();
  for (const [, head = '', body = ''] of xml.matchAll(/<w:style(\s[^>]*)>([\s\S]*?)<\/w:style>/g)) {
    const id = attribute(head, 'w:styleId');
    if (id === undefined) continue;
    const look = lookOf(/<w:rPr>([\s\S]*?)<\/w:rPr>/.exec(body)?.[1] ?? '');
    const ofParagraph = shadeOf(/<w:pPr>([\s\S]*?)<\/w:pPr>/.exec(body)?.[1] ?? '');
    const basedOn = tagOf(body, 'basedOn');
    styles.set(id, {
      look: mergeLooks(look, { shade: ofParagraph }),
      basedOn: basedOn && attribute(basedOn, 'w:val'),
    });
  }
  const lookUp = (id: string | undefined, depth = 0): RunLook => {
    const style = id === undefined ? undefined : styles.get(id);
    return style && depth < deepest ? mergeLooks(style.look, lookUp(style.basedOn, depth + 1)) : {};
  };
  return lookUp;
};
