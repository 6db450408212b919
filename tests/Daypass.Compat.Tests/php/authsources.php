<?php
// One person, of whom the provider says what the test wants: said.json is read at each request.
$config = [
    'people' => [
        'exampleauth:UserPass',
        'alice:EXAMPLE' => json_decode(file_get_contents(__DIR__ . '/said.json'), true)['attributes'],
    ],
];
