/** A link with its scheme: people write "linkedin.com/in/ana". */
export const webLink = (link: string): string => (/^[a-z][a-z0-9+.-]*:/i.test(link) ? link : `https://${link}`);
