// Real SAML providers (npm samlify, npm saml) for the tests: node saml-issuer.mjs metadata, or response with what it shall say as JSON. Their key is in
// SAML_KEY and SAML_CERTIFICATE, and SAML_RECIPIENT is whom they encrypt for; what they write goes to standard output.
import { readFileSync } from "node:fs";
import * as samlify from "samlify";
import * as auth0 from "./saml-auth0.mjs";

const [, , what, text] = process.argv;
const attributes = "https://aws.amazon.com/SAML/Attributes/";
const entityID = "https://idp.example.com/saml";
const place = "https://signin.aws.amazon.com/saml";
const post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

// Nobody checks schemas here: what the provider writes is what the tests are about.
samlify.setSchemaValidator({ validate: async () => "none" });

const encryption = {
  blocks: {
    "aes128-gcm": "http://www.w3.org/2009/xmlenc11#aes128-gcm", "aes256-gcm": "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    "aes128-cbc": "http://www.w3.org/2001/04/xmlenc#aes128-cbc", "aes256-cbc": "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
  },
  keys: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
};
const wanted = { library: "samlify", sign: "assertion", encrypt: null, order: "encrypt-then-sign", subject: "alice@example.com", session: "alice", roles: [], tags: {}, ...JSON.parse(text ?? "{}") };
const named = { [`${attributes}Role`]: wanted.roles, [`${attributes}RoleSessionName`]: [wanted.session] };
for (const [key, value] of Object.entries(wanted.tags))
  named[`${attributes}PrincipalTag:${key}`] = [value];
const statement = Object.entries(named).map(([name, values]) => `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("")}</saml:Attribute>`).join("");
const context = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{ID}" Version="2.0" IssueInstant="{Now}" Destination="${place}"><saml:Issuer>${entityID}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="{AssertionID}" Version="2.0" IssueInstant="{Now}"><saml:Issuer>${entityID}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${wanted.subject}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData Recipient="${place}" NotOnOrAfter="{Later}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{Now}" NotOnOrAfter="{Later}"><saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement>${statement}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;

const identity = samlify.IdentityProvider({
  entityID,
  privateKey: readFileSync(process.env.SAML_KEY, "utf8"),
  signingCert: readFileSync(process.env.SAML_CERTIFICATE, "utf8"),
  requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  messageSigningOrder: "sign-then-encrypt",
  isAssertionEncrypted: wanted.encrypt !== null,
  dataEncryptionAlgorithm: encryption.blocks[wanted.encrypt],
  keyEncryptionAlgorithm: encryption.keys,
  nameIDFormat: ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
  singleSignOnService: [{ Binding: post, Location: "https://idp.example.com/sso" }],
  loginResponseTemplate: { context, attributes: [] },
});
const consumer = samlify.ServiceProvider({
  entityID: "urn:amazon:webservices",
  wantAssertionsSigned: wanted.sign !== "message",
  wantMessageSigned: wanted.sign !== "assertion",
  signatureConfig: { prefix: "ds", location: { reference: "/*[local-name(.)='Response']/*[local-name(.)='Issuer']", action: "after" } },
  assertionConsumerService: [{ Binding: post, Location: place }],
  ...(wanted.encrypt ? { encryptCert: readFileSync(process.env.SAML_RECIPIENT, "utf8") } : {}),
});

const random = () => "_" + crypto.randomUUID();
const filled = (template) => {
  const id = random();
  const values = { ID: id, AssertionID: random(), Now: new Date(Date.now() - 1000).toISOString(), Later: new Date(Date.now() + 300_000).toISOString() };
  return { id, context: template.replace(/\{(\w+)\}/g, (_, name) => values[name]) };
};

// npm saml has no responses, so it is samlify that signs the one around its assertion.
const signed = (text) => samlify.default.SamlLib.constructSAMLSignature({
  rawSamlMessage: text, isMessageSigned: true, isBase64Output: true, privateKey: readFileSync(process.env.SAML_KEY, "utf8"), signingCert: identity.entityMeta.getX509Certificate("signing"),
  signatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", signatureConfig: { prefix: "ds", location: { reference: "/*[local-name(.)='Response']/*[local-name(.)='Issuer']", action: "after" } },
});

async function write() {
  if (wanted.library === "samlify")
    return (await identity.createLoginResponse(consumer, null, "post", {}, filled, wanted.encrypt !== null && wanted.order === "encrypt-then-sign")).context;
  const text = await auth0.response(wanted, { entityID, place, attributes: named, encryption });
  return wanted.sign === "assertion" ? Buffer.from(text).toString("base64") : signed(text);
}

process.stdout.write(what === "metadata" ? identity.getMetadata() : await write());
