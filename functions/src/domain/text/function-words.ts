/** Words of Portuguese and English that carry no meaning for search; folded. */
export const functionWords: ReadonlySet<string> = new Set(
  (
    'a o e de da do das dos em no na nos nas um uma uns umas para por com sem que se ao aos as os ou como mais mas foi ser ter era sao ' +
    'esta este isso isto ja ha sobre entre ate seu sua seus suas pelo pela pelos pelas nao muito tambem quem qual quando onde ' +
    'i the of and to in on at for with by from is are was were be been an as or that this it its we you our your they their has ' +
    'have had will can not but who which when where all any'
  ).split(' '),
);
