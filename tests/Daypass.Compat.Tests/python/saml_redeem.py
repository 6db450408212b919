"""A response that a real SAML provider posted to a browser."""

import os

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from promises import ENDPOINT, Keys, refusal


def a_response_gets_a_session_once():
    client = boto3.client("sts", endpoint_url=ENDPOINT, config=Config(signature_version=UNSIGNED, retries={"max_attempts": 1}))
    shown = {"RoleArn": os.environ["SAML_ROLE"], "PrincipalArn": os.environ["SAML_PROVIDER"], "SAMLAssertion": os.environ["SAML_RESPONSE"]}
    answer = client.assume_role_with_saml(**shown)
    assert (answer["Subject"], answer["SubjectType"]) == ("alice@example.com", "persistent"), answer
    session = Keys(answer["Credentials"])
    assert session.arn == answer["AssumedRoleUser"]["Arn"] and session.arn.endswith("/alice"), answer
    session.client("iam").list_users()
    refused = refusal(lambda: client.assume_role_with_saml(**shown))
    assert refused[0] == "InvalidIdentityToken", refused
