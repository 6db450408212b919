"""Assertions of a real SAML provider (npm samlify), each signed as providers do it."""

import base64
import json
import os
import subprocess

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from promises import ADMINISTRATOR, ENDPOINT, Keys, allow, refusal, role, unique


def an_assertion_gets_a_session_wherever_it_is_signed():
    provider, arn = _provider_and_role()
    for sign in ("assertion", "message", "both"):
        answer = _assume(provider, arn, _response(provider, arn, sign=sign))
        assert (answer["Subject"], answer["SubjectType"], answer["Issuer"]) == ("alice@example.com", "persistent", "https://idp.example.com/saml"), answer
        assert answer["Audience"] == "https://signin.aws.amazon.com/saml" and len(answer["NameQualifier"]) == 28, answer
        assert Keys(answer["Credentials"]).arn == answer["AssumedRoleUser"]["Arn"]


def tags_of_the_assertion_mark_the_session_and_pass_the_policies():
    provider, arn = _provider_and_role({**allow("iam:ListUsers"), "Condition": {"StringEquals": {"aws:PrincipalTag/Project": "Automation"}}})
    Keys(_assume(provider, arn, _response(provider, arn, tags={"Project": "Automation"}))["Credentials"]).client("iam").list_users()
    refused = refusal(Keys(_assume(provider, arn, _response(provider, arn))["Credentials"]).client("iam").list_users)
    assert refused[0] == "AccessDenied", refused


def an_assertion_is_used_once():
    provider, arn = _provider_and_role()
    response = _response(provider, arn)
    _assume(provider, arn, response)
    refused = refusal(lambda: _assume(provider, arn, response))
    assert refused[0] == "InvalidIdentityToken" and "before" in refused[1], refused


def an_assertion_that_somebody_changed_is_refused():
    provider, arn = _provider_and_role()
    changed = base64.b64encode(base64.b64decode(_response(provider, arn)).replace(b"alice@", b"root@")).decode()
    refused = refusal(lambda: _assume(provider, arn, changed))
    assert refused == ("InvalidIdentityToken", "Response signature invalid"), refused


def what_the_assertion_says_is_a_condition_of_the_trust_policy():
    provider, arn = _provider_and_role(condition={"saml:sub": "bob@example.com"})
    refused = refusal(lambda: _assume(provider, arn, _response(provider, arn)))
    assert refused == ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"), refused
    _assume(provider, arn, _response(provider, arn, subject="bob@example.com"))


def providers_are_administered_with_the_stock_client():
    iam = ADMINISTRATOR.client("iam")
    metadata, name = _issuer("metadata"), unique("corp")
    made = iam.create_saml_provider(Name=name, SAMLMetadataDocument=metadata, Tags=[{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}])
    arn = made["SAMLProviderArn"]
    assert arn == f"arn:aws:iam::111122223333:saml-provider/{name}" and [tag["Key"] for tag in made["Tags"]] == ["a", "b"], made
    iam.tag_saml_provider(SAMLProviderArn=arn, Tags=[{"Key": "c", "Value": "3"}])
    iam.untag_saml_provider(SAMLProviderArn=arn, TagKeys=["b"])
    assert iam.update_saml_provider(SAMLProviderArn=arn, SAMLMetadataDocument=metadata)["SAMLProviderArn"] == arn
    found = iam.get_saml_provider(SAMLProviderArn=arn)
    assert found["SAMLMetadataDocument"] == metadata and found["ValidUntil"] > found["CreateDate"], found
    assert found["Tags"] == iam.list_saml_provider_tags(SAMLProviderArn=arn)["Tags"] == [{"Key": "a", "Value": "1"}, {"Key": "c", "Value": "3"}], found
    assert arn in [entry["Arn"] for entry in iam.list_saml_providers()["SAMLProviderList"]]
    assert refusal(lambda: iam.create_saml_provider(Name=name, SAMLMetadataDocument=metadata))[0] == "EntityAlreadyExists"
    assert refusal(lambda: iam.create_saml_provider(Name=unique("corp"), SAMLMetadataDocument="x" * 1000))[0] == "InvalidInput"
    iam.delete_saml_provider(SAMLProviderArn=arn)
    assert refusal(lambda: iam.get_saml_provider(SAMLProviderArn=arn))[0] == "NoSuchEntity"


def _provider_and_role(*statements, condition=None):
    made = ADMINISTRATOR.client("iam").create_saml_provider(Name=unique("corp"), SAMLMetadataDocument=_issuer("metadata"))
    condition = {"StringEquals": condition or {"saml:aud": "https://signin.aws.amazon.com/saml"}}
    trust = {"Effect": "Allow", "Principal": {"Federated": made["SAMLProviderArn"]}, "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"], "Condition": condition}
    return made["SAMLProviderArn"], role("People", trust, *statements)


def _assume(provider, arn, response):
    # Nobody signs: the response is the proof.
    client = boto3.client("sts", endpoint_url=ENDPOINT, config=Config(signature_version=UNSIGNED, retries={"max_attempts": 1}))
    return client.assume_role_with_saml(RoleArn=arn, PrincipalArn=provider, SAMLAssertion=response)


def _response(provider, arn, **said):
    return _issuer("response", json.dumps({"roles": [f"{arn},{provider}"], **said}))


def _issuer(*words):
    return subprocess.run([os.environ["SAML_NODE"], os.environ["SAML_ISSUER"], *words], check=True, capture_output=True, text=True).stdout
