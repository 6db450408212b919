"""The wire forms that real clients rely on: presigned identities, replayed requests, JSON answers, errors of signing."""

import base64
import json
import urllib.request

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from promises import ADMINISTRATOR, ENDPOINT, Keys, fetch, refusal, role, send, trusting, user


def a_presigned_identity_can_be_replayed():
    alice = user()
    url = alice.client("sts").generate_presigned_url("get_caller_identity", HttpMethod="GET", ExpiresIn=60)
    status, _, body = fetch(urllib.request.Request(url))
    assert status == 200 and f"<Arn>{alice.arn}</Arn>" in body, body
    status, _, body = fetch(urllib.request.Request(url, headers={"Accept": "application/json"}))
    assert json.loads(body)["GetCallerIdentityResponse"]["GetCallerIdentityResult"]["Arn"] == alice.arn, body


def a_presigned_identity_of_a_session_carries_its_token():
    alice = user()
    session = alice.assume(role("Reader", trusting(alice.arn)))
    url = session.client("sts").generate_presigned_url("get_caller_identity", HttpMethod="GET")
    assert "X-Amz-Security-Token=" in url
    assert f"<Arn>{session.arn}</Arn>" in fetch(urllib.request.Request(url))[2]


def a_presigned_identity_may_demand_a_header():
    # As Kubernetes does: x-k8s-aws-id is signed, and the request is good for that cluster only.
    request = AWSRequest("GET", ENDPOINT, params={"Action": "GetCallerIdentity", "Version": "2011-06-15"}, headers={"x-k8s-aws-id": "blue"})
    SigV4QueryAuth(ADMINISTRATOR.client("sts")._request_signer._credentials, "sts", "us-east-1", expires=60).add_auth(request)
    token = base64.urlsafe_b64encode(request.prepare().url.encode()).rstrip(b"=")
    url = base64.urlsafe_b64decode(token + b"=" * (-len(token) % 4)).decode()
    assert fetch(urllib.request.Request(url, headers={"x-k8s-aws-id": "blue"}))[0] == 200
    status, _, body = fetch(urllib.request.Request(url, headers={"x-k8s-aws-id": "green"}))
    assert status == 403 and "<Code>SignatureDoesNotMatch</Code>" in body, body


def a_changed_presigned_url_is_refused():
    url = ADMINISTRATOR.client("sts").generate_presigned_url("get_caller_identity", HttpMethod="GET")
    status, _, body = fetch(urllib.request.Request(url.replace("GetCallerIdentity", "GetSessionToken")))
    assert status == 403 and "<Code>SignatureDoesNotMatch</Code>" in body, body


def a_signed_post_may_carry_further_signed_headers():
    # As Vault's clients do, so that a request made for one server is no good at another.
    status, _, body = send("sts", {"Action": "GetCallerIdentity"}, "2011-06-15", headers={"X-Vault-AWS-IAM-Server-ID": "vault.example.com"})
    assert status == 200 and "<GetCallerIdentityResult>" in body, body


def who_accepts_json_gets_json():
    status, kind, body = send("sts", {"Action": "GetCallerIdentity"}, "2011-06-15", accept="application/json")
    assert status == 200 and kind.startswith("application/json")
    answer = json.loads(body)["GetCallerIdentityResponse"]
    assert set(answer["GetCallerIdentityResult"]) == {"Account", "Arn", "UserId"} and answer["ResponseMetadata"]["RequestId"], answer
    status, kind, body = send("iam", {"Action": "GetUser", "UserName": "nobody"}, "2010-05-08", accept="application/json")
    error = json.loads(body)["Error"]
    assert (status, error["Code"], error["Type"]) == (404, "NoSuchEntity", "Sender"), body


def numbers_and_times_are_native_in_json():
    alice = user()
    status, _, body = send("sts", {"Action": "GetSessionToken", "DurationSeconds": 900}, "2011-06-15", accept="application/json", keys=alice)
    expiration = json.loads(body)["GetSessionTokenResponse"]["GetSessionTokenResult"]["Credentials"]["Expiration"]
    assert status == 200 and isinstance(expiration, (int, float)), body


def errors_are_in_the_envelope_of_the_service():
    status, kind, body = send("sts", {"Action": "NoSuchAction"}, "2011-06-15")
    assert status == 400 and kind.startswith("text/xml")
    assert "<Code>InvalidAction</Code>" in body and "Could not find operation NoSuchAction for version 2011-06-15" in body, body
    status, _, body = fetch(urllib.request.Request(ENDPOINT, b"Action=GetCallerIdentity&Version=2011-06-15"))
    assert status == 403 and "<Code>MissingAuthenticationToken</Code>" in body, body


def all_faults_of_form_are_told_at_once():
    code, message = refusal(user().client("sts", config=_unchecked()).assume_role, RoleArn="arn:x", RoleSessionName="a b")
    assert code == "ValidationError", message
    assert message.startswith("2 validation errors detected: ") and "'roleArn'" in message and "Value 'a b' at 'roleSessionName'" in message, message


def _unchecked():
    from botocore.config import Config
    return Config(parameter_validation=False, retries={"max_attempts": 1})


def a_wrong_secret_and_an_unknown_key_differ_as_on_aws():
    alice = user()
    key = alice.kwargs["aws_access_key_id"]
    wrong = Keys({"AccessKeyId": key, "SecretAccessKey": "EXAMPLE-of-a-wrong-secret"})
    assert refusal(wrong.client("sts").get_caller_identity)[0] == "SignatureDoesNotMatch"
    unknown = Keys({"AccessKeyId": "AKIAEXAMPLEEXAMPLE77", "SecretAccessKey": "EXAMPLE-of-a-wrong-secret"})
    assert refusal(unknown.client("sts").get_caller_identity) == ("InvalidClientTokenId", "The security token included in the request is invalid.")


def a_token_that_was_touched_is_refused():
    alice = user()
    answer = alice.client("sts").assume_role(RoleArn=role("Reader", trusting(alice.arn)), RoleSessionName="tuesday")["Credentials"]
    token = answer["SessionToken"]
    half = len(token) // 2
    for damaged in (token[:half] + ("A" if token[half] != "A" else "B") + token[half + 1:], token[:-4], "x", token + "AAAA"):
        keys = Keys({**answer, "SessionToken": damaged})
        assert refusal(keys.client("sts").get_caller_identity) == ("InvalidClientTokenId", "The security token included in the request is invalid"), damaged
    stray = Keys({"AccessKeyId": alice.kwargs["aws_access_key_id"], "SecretAccessKey": alice.kwargs["aws_secret_access_key"], "SessionToken": token})
    assert refusal(stray.client("sts").get_caller_identity)[0] == "InvalidClientTokenId"


def every_region_a_client_signs_with_is_good():
    for region in ("us-east-1", "eu-west-1", "moon-far-1"):
        assert ADMINISTRATOR.client("sts", region_name=region).get_caller_identity()["Arn"] == ADMINISTRATOR.arn


def plus_signs_and_foreign_letters_arrive_unchanged():
    iam = ADMINISTRATOR.client("iam")
    name = "a+b=c,d.e@f_g-" + str(abs(hash(ENDPOINT)) % 10**6)
    iam.create_user(UserName=name, Tags=[{"Key": "k 1+2", "Value": "\u00fc\u4e16\u754c +="}])
    found = iam.get_user(UserName=name)["User"]
    assert (found["UserName"], found["Tags"]) == (name, [{"Key": "k 1+2", "Value": "\u00fc\u4e16\u754c +="}]), found
