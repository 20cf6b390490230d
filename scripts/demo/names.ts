/** First names and surnames that are common in Brazil and elsewhere; their combinations are invented people. */
export const firstNames = {
  pt: {
    feminine:
      'Adriana Alice Amanda Beatriz Bianca Camila Carolina Cecília Cláudia Cristiane Daniela Débora Eduarda Fabiana Fernanda Flávia Gabriela Helena Isabela Jéssica Joana Juliana Larissa Letícia Lívia Luana Luciana Manuela Marcela Mariana Marina Natália Patrícia Paula Priscila Rafaela Raquel Renata Sabrina Simone Tatiana Vanessa Vitória Yasmin'.split(
        ' ',
      ),
    masculine:
      'Alexandre André Antônio Bernardo Caio Carlos César Daniel Danilo Davi Eduardo Fábio Felipe Fernando Francisco Gabriel Guilherme Gustavo Henrique Igor João Joaquim Jorge José Leandro Leonardo Lucas Luiz Marcelo Márcio Marcos Mateus Murilo Otávio Paulo Pedro Rafael Renato Ricardo Rodrigo Samuel Sérgio Thiago Vinícius'.split(
        ' ',
      ),
  },
  en: {
    feminine:
      'Abigail Amelia Anna Charlotte Chloe Claire Emily Emma Grace Hannah Isabel Julia Laura Lucy Megan Natalie Nina Olivia Rachel Sarah Sophie Victoria'.split(
        ' ',
      ),
    masculine:
      'Adam Alex Andrew Benjamin Christopher David Dylan Ethan George Henry Jack James Kevin Liam Mark Matthew Nathan Oliver Peter Robert Ryan Thomas'.split(
        ' ',
      ),
  },
} as const;

export const surnames = {
  pt: 'Almeida Alves Andrade Araújo Azevedo Barbosa Barros Batista Borges Braga Brito Campos Cardoso Carvalho Castro Cavalcanti Costa Cunha Dias Duarte Farias Fernandes Ferreira Fonseca Freitas Gomes Gonçalves Lima Lopes Macedo Machado Marques Martins Medeiros Melo Mendes Miranda Monteiro Moraes Moreira Moura Nascimento Nogueira Nunes Oliveira Pereira Pinto Queiroz Ramos Reis Ribeiro Rocha Rodrigues Sales Santana Santos Silva Siqueira Soares Souza Tavares Teixeira Vieira'.split(
    ' ',
  ),
  en: 'Adams Allen Bailey Baker Bennett Brooks Campbell Carter Clark Coleman Collins Cooper Davies Edwards Evans Fisher Foster Graham Gray Green Hall Harris Hughes Jenkins Kelly King Lewis Mitchell Morgan Murphy Nelson Parker Patel Price Reed Roberts Rogers Scott Turner Walker Ward Watson Wood Wright Young'.split(
    ' ',
  ),
} as const;

/** Two words make an invented company; the second tells its trade. */
export const companyNames = {
  first:
    'Aurora Boreal Cedro Delta Estrela Figueira Girassol Horizonte Ipê Jatobá Lótus Magnólia Nimbus Órion Pinheiro Quasar Rubi Safira Tangará Umbu Vértice Xisto Zênite Araçá Bromélia Cristal'.split(
      ' ',
    ),
  second: {
    pt: [
      'Tecnologia',
      'Soluções',
      'Serviços',
      'Indústria',
      'Comercial',
      'Participações',
      'Consultoria',
      'Logística',
      'Sistemas',
      'Saúde',
    ],
    en: ['Labs', 'Systems', 'Group', 'Partners', 'Works', 'Health', 'Logistics', 'Holdings', 'Digital', 'Services'],
  },
} as const;

/** Where people live: city, region, how many of a hundred. */
export const homes = {
  pt: [
    { city: 'São Paulo', region: 'SP', weight: 26 },
    { city: 'Campinas', region: 'SP', weight: 7 },
    { city: 'Santo André', region: 'SP', weight: 3 },
    { city: 'Ribeirão Preto', region: 'SP', weight: 3 },
    { city: 'Sorocaba', region: 'SP', weight: 2 },
    { city: 'Rio de Janeiro', region: 'RJ', weight: 11 },
    { city: 'Niterói', region: 'RJ', weight: 2 },
    { city: 'Belo Horizonte', region: 'MG', weight: 9 },
    { city: 'Uberlândia', region: 'MG', weight: 3 },
    { city: 'Curitiba', region: 'PR', weight: 8 },
    { city: 'Londrina', region: 'PR', weight: 2 },
    { city: 'Porto Alegre', region: 'RS', weight: 7 },
    { city: 'Caxias do Sul', region: 'RS', weight: 2 },
    { city: 'Florianópolis', region: 'SC', weight: 5 },
    { city: 'Joinville', region: 'SC', weight: 3 },
    { city: 'Recife', region: 'PE', weight: 5 },
    { city: 'Salvador', region: 'BA', weight: 5 },
    { city: 'Fortaleza', region: 'CE', weight: 5 },
    { city: 'Brasília', region: 'DF', weight: 5 },
    { city: 'Goiânia', region: 'GO', weight: 4 },
    { city: 'Manaus', region: 'AM', weight: 3 },
  ],
  en: [
    { city: 'São Paulo', region: 'SP', country: 'BR', weight: 22 },
    { city: 'Florianópolis', region: 'SC', country: 'BR', weight: 8 },
    { city: 'Lisbon', country: 'PT', weight: 8 },
    { city: 'New York', region: 'NY', country: 'US', weight: 8 },
    { city: 'Austin', region: 'TX', country: 'US', weight: 6 },
    { city: 'London', country: 'GB', weight: 8 },
    { city: 'Toronto', region: 'ON', country: 'CA', weight: 6 },
    { city: 'Dublin', country: 'IE', weight: 5 },
    { city: 'Berlin', country: 'DE', weight: 5 },
    { city: 'Miami', region: 'FL', country: 'US', weight: 5 },
  ],
} as const;
