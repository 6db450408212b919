// An assertion by the other library (npm saml, of auth0), which signs and encrypts by itself; the response around it is nobody's but ours.
import { readFileSync } from "node:fs";
import { createPublicKey } from "node:crypto";
import saml from "saml";

export async function response(said, { entityID, place, attributes, encryption }) {
  const options = {
    key: readFileSync(process.env.SAML_KEY), cert: readFileSync(process.env.SAML_CERTIFICATE), issuer: entityID, audiences: "urn:amazon:webservices", recipient: place,
    lifetimeInSeconds: 300, attributes, nameIdentifier: said.subject, nameIdentifierFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    signatureAlgorithm: "rsa-sha256", digestAlgorithm: "sha256",
    ...(said.encrypt ? recipient(said.encrypt, encryption) : {}),
  };
  const create = said.sign === "message" ? saml.Saml20.createUnsignedAssertion : saml.Saml20.create;
  const assertion = said.encrypt ? await new Promise((resolve, reject) => create(options, (failure, made) => failure ? reject(failure) : resolve(made))) : create(options);
  const now = new Date().toISOString();
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_${crypto.randomUUID()}" Version="2.0" IssueInstant="${now}" Destination="${place}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${entityID}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${assertion}</samlp:Response>`;
}

function recipient(algorithm, encryption) {
  const encryptionCert = readFileSync(process.env.SAML_RECIPIENT);
  return {
    encryptionCert, encryptionPublicKey: createPublicKey(encryptionCert).export({ type: "spki", format: "pem" }), encryptionAlgorithm: encryption.blocks[algorithm], keyEncryptionAlgorithm: encryption.keys,
    // It refuses CBC for us; some of its users do not let it.
    disallowEncryptionWithInsecureAlgorithm: false, warnOnInsecureEncryptionAlgorithm: false, warnInsecureAlgorithm: false,
  };
}
