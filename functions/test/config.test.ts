import { readConfig, requireOAuth } from '../src/config.ts';

const deployed = { K_SERVICE: 'oauth-token', OAUTH_ISSUER: 'https://api.example.com' };

describe('the issuer of access tokens', () => {
  it('is a URL of a host alone, and the audience is the same unless it is said', () => {
    expect(readConfig(deployed).oauth).toEqual({
      issuer: 'https://api.example.com',
      audience: 'https://api.example.com',
      tokenSeconds: 3_600,
    });
    const own = { ...deployed, OAUTH_AUDIENCE: 'headhunter', OAUTH_TOKEN_SECONDS: '60' };
    expect(readConfig(own).oauth).toMatchObject({ audience: 'headhunter', tokenSeconds: 60 });
  });

  it.each([
    'https://our.example.org/',
    'https://our.example.org/v1',
    'https://our.example.org?a=1',
    'https://somebody@our.example.org',
    'https://OUR.example.org',
    'ftp://our.example.org',
    'our.example.org',
  ])('cannot be %s, and the error does not repeat it', (issuer) => {
    const read = () => readConfig({ ...deployed, OAUTH_ISSUER: issuer });
    expect(read).toThrow(/^Configuration is incomplete\. OAUTH_ISSUER: /);
    expect(read).not.toThrow(issuer);
  });

  it('is https where it is deployed, and may be http on one machine', () => {
    const plain = 'http://127.0.0.1:8787';
    expect(() => readConfig({ ...deployed, OAUTH_ISSUER: plain })).toThrow('OAUTH_ISSUER: must be https');
    expect(readConfig({ OAUTH_ISSUER: plain }).oauth?.issuer).toBe(plain);
  });

  it('may be missing, until somebody needs it', () => {
    const config = readConfig({ K_SERVICE: 'search-hybrid' });
    expect(config.oauth).toBeUndefined();
    expect(() => requireOAuth(config)).toThrow('OAUTH_ISSUER');
  });

  it.each(['59', '3601', '1e9', 'an hour'])('cannot give its tokens %s seconds', (seconds) => {
    expect(() => readConfig({ ...deployed, OAUTH_TOKEN_SECONDS: seconds })).toThrow('OAUTH_TOKEN_SECONDS');
  });
});
