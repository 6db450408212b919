// A real SAML provider (npm samlify) for the tests: node saml-issuer.mjs metadata, or response with what it shall say as JSON. Its key is in SAML_KEY and
// SAML_CERTIFICATE; what it writes goes to standard output.
import { readFileSync } from "node:fs";
import * as samlify from "samlify";

const [, , what, text] = process.argv;
const attributes = "https://aws.amazon.com/SAML/Attributes/";
const entityID = "https://idp.example.com/saml";
const place = "https://signin.aws.amazon.com/saml";
const post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

// Nobody checks schemas here: what the provider writes is what the tests are about.
samlify.setSchemaValidator({ validate: async () => "none" });

const wanted = { sign: "assertion", subject: "alice@example.com", session: "alice", roles: [], tags: {}, ...JSON.parse(text ?? "{}") };
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
});

const random = () => "_" + crypto.randomUUID();
const filled = (template) => {
  const id = random();
  const values = { ID: id, AssertionID: random(), Now: new Date(Date.now() - 1000).toISOString(), Later: new Date(Date.now() + 300_000).toISOString() };
  return { id, context: template.replace(/\{(\w+)\}/g, (_, name) => values[name]) };
};

if (what === "metadata")
  process.stdout.write(identity.getMetadata());
else
  process.stdout.write((await identity.createLoginResponse(consumer, null, "post", {}, filled)).context);
