// A real OpenID provider (npm oidc-provider) on https, for the tests: node provider.mjs <certificate> <key>. It says where it is and stops with its
// input. Tokens come from its own token endpoint by a grant for tests; POST /test/rotate replaces its keys as operators do.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

const [, , certificate, key] = process.argv;
const grant = "urn:daypass:test";
const device = "urn:ietf:params:oauth:grant-type:device_code";
const tags = "https://aws.amazon.com/tags";
const names = ["sub", "email", "department", tags, "https://aws.amazon.com/source_identity"];
const people = { alice: { email: "alice@example.com", department: "finance" }, deployer: { [tags]: { principal_tags: { Project: ["Automation"] }, transitive_tag_keys: ["Project"] } } };

let generation = 0;
const jwk = async (alg) => ({ ...(await exportJWK((await generateKeyPair(alg, { extractable: true })).privateKey)), alg, use: "sig", kid: `${alg}-${generation}` });
let keys = [await jwk("RS256"), await jwk("ES256")];
let handler = (_, response) => response.writeHead(503).end();

const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, async (request, response) => {
  if (request.url !== "/test/rotate")
    return handler(request, response);
  await rotate();
  response.end();
});

async function rotate() {
  generation++;
  keys = [await jwk("RS256"), await jwk("ES256")];
  start();
}

function start() {
  const client = (client_id, id_token_signed_response_alg) => ({
    client_id, id_token_signed_response_alg, client_secret: "EXAMPLE-secret-of-a-test-client", grant_types: [grant], redirect_uris: [], response_types: [], token_endpoint_auth_method: "client_secret_post",
  });
  // A program on people's own machines, which come with a browser (RFC 8252).
  const laptop = {
    client_id: "laptop", application_type: "native", grant_types: ["authorization_code", "refresh_token", device], redirect_uris: ["http://127.0.0.1/callback"], response_types: ["code"], token_endpoint_auth_method: "none",
  };
  // Whose codes are over before anybody has typed them.
  const hasty = { ...laptop, client_id: "hasty" };
  const provider = new Provider(issuer, {
    clients: [client("rs256", "RS256"), client("es256", "ES256"), client("stranger", "RS256"), laptop, hasty],
    features: { deviceFlow: { enabled: true } },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people[accountId] }) }),
    jwks: { keys },
    claims: { openid: names },
    conformIdTokenClaims: false,
    ttl: { IdToken: 600, DeviceCode: (_, __, { clientId }) => (clientId === "hasty" ? 1 : 600) },
  });
  provider.registerGrantType(grant, async (ctx) => {
    const { params, client: asking } = ctx.oidc;
    const token = new provider.IdToken({ sub: params.sub, ...people[params.sub] }, { ctx, client: asking });
    token.scope = "openid";
    for (const [name, value] of Object.entries(people[params.sub] ?? {}))
      token.set(name, value);
    ctx.body = { id_token: await token.issue({ use: "idtoken" }) };
  }, ["sub"]);
  handler = provider.callback();
}

await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `https://127.0.0.1:${server.address().port}`;
start();
console.log(`provider at ${issuer}`);
process.stdin.on("end", () => process.exit()).resume();
