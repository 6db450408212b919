<?php
$said = json_decode(file_get_contents(__DIR__ . '/../said.json'), true);
$metadata['urn:amazon:webservices'] = [
    'AssertionConsumerService' => [['Binding' => 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', 'Location' => 'https://signin.aws.amazon.com/saml', 'index' => 0]],
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    'simplesaml.nameidattribute' => 'uid',
    'saml20.sign.response' => $said['signResponse'],
    'saml20.sign.assertion' => $said['signAssertion'],
    'assertion.encryption' => $said['encrypt'],
];
if ($said['encrypt']) {
    $metadata['urn:amazon:webservices']['certData'] = preg_replace('/-----[A-Z ]+-----|\s/', '', file_get_contents(__DIR__ . '/../recipient.pem'));
}
