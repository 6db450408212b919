"""Tokens of a real OpenID provider (npm oidc-provider) on https, with a certificate of an authority that only the registered thumbprint vouches for."""

import functools
import json
import os
import ssl
import urllib.parse
import urllib.request

import boto3
import botocore.credentials
import botocore.session
from botocore import UNSIGNED
from botocore.config import Config

from promises import ADMINISTRATOR, ENDPOINT, Keys, allow, refusal, role, unique

ISSUER = os.environ["PROVIDER_ISSUER"]
THUMBPRINT = os.environ["PROVIDER_THUMBPRINT"]
HOST = ISSUER.removeprefix("https://")
ARN = f"arn:aws:iam::111122223333:oidc-provider/{HOST}"
KNOWS_ENDPOINTS = tuple(int(part) for part in botocore.__version__.split(".")[:2]) >= (1, 31)


def a_token_in_each_algorithm_gets_a_session_of_the_role():
    arn = _trusting_role()
    for client_id in ("rs256", "es256"):
        answer = _assume(arn, _token("alice", client_id))
        assert answer["SubjectFromWebIdentityToken"] == "alice", answer
        assert (answer["Audience"], answer["Provider"]) == (client_id, ARN), answer
        assert Keys(answer["Credentials"]).arn == answer["AssumedRoleUser"]["Arn"]


def a_token_file_is_all_that_a_program_needs():
    arn = _trusting_role(allow("iam:ListUsers"))
    file = os.path.join(os.environ["HOME"], "token")
    with open(file, "w", encoding="ascii") as stream:
        stream.write(_token())
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del os.environ[name]
    os.environ.update(AWS_WEB_IDENTITY_TOKEN_FILE=file, AWS_ROLE_ARN=arn, AWS_ROLE_SESSION_NAME="workload", AWS_ENDPOINT_URL=ENDPOINT)
    session = boto3.session.Session() if KNOWS_ENDPOINTS else _led_here()
    assert session.client("sts", endpoint_url=ENDPOINT).get_caller_identity()["Arn"].endswith("/workload")
    session.client("iam", endpoint_url=ENDPOINT).list_users()


def tags_of_the_token_mark_the_session_and_pass_the_policies():
    arn = _trusting_role({**allow("iam:ListUsers"), "Condition": {"StringEquals": {"aws:PrincipalTag/Project": "Automation"}}})
    Keys(_assume(arn, _token("deployer"))["Credentials"]).client("iam").list_users()
    refused = refusal(Keys(_assume(arn, _token("alice"))["Credentials"]).client("iam").list_users)
    assert refused[0] == "AccessDenied", refused


def claims_are_condition_keys_of_the_trust_policy():
    arn = _trusting_role(condition={f"{HOST}:department": "finance", f"{HOST}:sub": "alice"})
    _assume(arn, _token("alice"))
    refused = refusal(lambda: _assume(arn, _token("bob")))
    assert refused == ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"), refused


def a_new_key_is_taken_at_once_and_a_withdrawn_one_no_more():
    arn = _trusting_role()
    before = _token()
    _assume(arn, before)
    _fetch("/test/rotate", {})
    _assume(arn, _token())
    refused = refusal(lambda: _assume(arn, before))
    assert refused[0] == "InvalidIdentityToken" and "verification key" in refused[1], refused


def a_token_for_somebody_else_is_refused():
    arn = _trusting_role()
    refused = refusal(lambda: _assume(arn, _token(client_id="stranger")))
    assert refused == ("InvalidIdentityToken", "Incorrect token audience"), refused


def an_authority_that_nobody_vouches_for_is_not_believed():
    arn = _trusting_role()
    iam = ADMINISTRATOR.client("iam")
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=ARN, ThumbprintList=["0" * 40])
    try:
        refused = refusal(lambda: _assume(arn, _token()))
        assert refused[0] == "InvalidIdentityToken" and "thumbprint" in refused[1], refused
    finally:
        iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=ARN, ThumbprintList=[THUMBPRINT])
    _assume(arn, _token())


def providers_are_administered_with_the_stock_client():
    iam = ADMINISTRATOR.client("iam")
    host = unique("idp.example.com/tenant")
    made = iam.create_open_id_connect_provider(Url=f"https://{host}", ClientIDList=["one"], ThumbprintList=["a" * 40], Tags=[{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}])
    arn = made["OpenIDConnectProviderArn"]
    assert arn == f"arn:aws:iam::111122223333:oidc-provider/{host}" and [tag["Key"] for tag in made["Tags"]] == ["a", "b"], made
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="two")
    iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="one")
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=["b" * 40])
    iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn, Tags=[{"Key": "c", "Value": "3"}])
    iam.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=["b"])
    found = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert (found["Url"], found["ClientIDList"], found["ThumbprintList"]) == (host, ["two"], ["b" * 40]), found
    assert found["Tags"] == iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn)["Tags"] == [{"Key": "a", "Value": "1"}, {"Key": "c", "Value": "3"}], found
    assert arn in [entry["Arn"] for entry in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]
    assert refusal(lambda: iam.create_open_id_connect_provider(Url=f"https://{host}", ThumbprintList=["a" * 40]))[0] == "EntityAlreadyExists"
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert refusal(lambda: iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn))[0] == "NoSuchEntity"


def _led_here():
    """A session of a generation that knows no variable for endpoints: its own provider of credentials, with clients that call this server."""
    inner = botocore.session.Session()
    resolver = inner.get_component("credential_provider")
    provider = botocore.credentials.AssumeRoleWithWebIdentityProvider(lambda: inner.full_config, functools.partial(inner.create_client, endpoint_url=ENDPOINT), profile_name="default")
    resolver.insert_before("env", provider)
    return boto3.session.Session(botocore_session=inner)


def _trusting_role(*statements, condition=None, name="Federated"):
    iam = ADMINISTRATOR.client("iam")
    try:
        iam.create_open_id_connect_provider(Url=ISSUER, ClientIDList=["rs256", "es256"], ThumbprintList=[THUMBPRINT])
    except iam.exceptions.EntityAlreadyExistsException:
        pass
    trust = {"Effect": "Allow", "Principal": {"Federated": ARN}, "Action": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"], "Condition": {"StringEquals": condition or {f"{HOST}:aud": ["rs256", "es256"]}}}
    return role(name, trust, *statements)


def _assume(arn, token):
    # Nobody signs: a workload has no keys.
    client = boto3.client("sts", endpoint_url=ENDPOINT, config=Config(signature_version=UNSIGNED, retries={"max_attempts": 1}))
    return client.assume_role_with_web_identity(RoleArn=arn, RoleSessionName="tuesday", WebIdentityToken=token)


def _token(subject="alice", client_id="rs256"):
    return _fetch("/token", {"grant_type": "urn:daypass:test", "client_id": client_id, "client_secret": "EXAMPLE-secret-of-a-test-client", "sub": subject})["id_token"]


def _fetch(path, form):
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    with urllib.request.urlopen(ISSUER + path, data=urllib.parse.urlencode(form).encode(), context=unverified) as answer:
        return json.loads(answer.read() or b"null")
