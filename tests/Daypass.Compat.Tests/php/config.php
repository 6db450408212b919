<?php
// Debian's SimpleSAMLphp as it is, and of it only what a provider in a temporary folder needs otherwise.
require '/etc/simplesamlphp/config.php';

$config = array_merge($config, [
    // The port is known only when the server listens.
    'baseurlpath' => 'http://' . $_SERVER['HTTP_HOST'] . '/',
    'certdir' => __DIR__ . '/',
    'loggingdir' => __DIR__ . '/log/',
    'datadir' => __DIR__ . '/data/',
    'tempdir' => __DIR__ . '/temp',
    'metadatadir' => __DIR__ . '/metadata/',
    'metadata.sources' => [['type' => 'flatfile']],
    'secretsalt' => 'EXAMPLE-SALT-EXAMPLE-SALT',
    'auth.adminpassword' => 'EXAMPLE',
    'enable.saml20-idp' => true,
    'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'language.cookie.secure' => false,
    'language.cookie.samesite' => null,
    'store.type' => 'phpsession',
    'session.phpsession.savepath' => __DIR__ . '/temp',
    'logging.handler' => 'file',
    'authproc.idp' => [],
]);
