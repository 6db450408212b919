<?php
$said = json_decode(file_get_contents(__DIR__ . '/../said.json'), true);
$metadata['https://idp.example.com/simplesaml'] = [
    'host' => '__DEFAULT__',
    'auth' => 'people',
    'privatekey' => $said['key'] . '.key',
    'certificate' => $said['key'] . '.pem',
    'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
    'signature.algorithm' => $said['algorithm'],
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    'saml20.sign.response' => true,
];
// While it changes its key, it shows both.
if ($said['nextKey'] !== null) {
    $metadata['https://idp.example.com/simplesaml']['new_privatekey'] = $said['nextKey'] . '.key';
    $metadata['https://idp.example.com/simplesaml']['new_certificate'] = $said['nextKey'] . '.pem';
}
