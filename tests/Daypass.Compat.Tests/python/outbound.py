"""Tokens that tell others who a workload is, with boto3. The older one does not know the calls yet: there they are signed by hand."""

import base64
import json
import urllib.error
import urllib.parse
import urllib.request

import botocore.session
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

from promises import ADMINISTRATOR, ENDPOINT, allow, refusal, role, trusting, unique, user

AUDIENCE = "https://api.example.com"


def _by_hand(keys, service, action, version, **parameters):
    """The call as a text of XML, for clients whose model is from before it."""
    body = urllib.parse.urlencode({"Action": action, "Version": version, **parameters})
    request = AWSRequest("POST", ENDPOINT, data=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    credentials = keys.client("sts")._request_signer._credentials if keys.kwargs else botocore.session.get_session().get_credentials()
    SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    with urllib.request.urlopen(urllib.request.Request(ENDPOINT, body.encode(), dict(request.headers.items()))) as answer:
        return answer.read().decode()


def _enable():
    iam = ADMINISTRATOR.client("iam")
    if not hasattr(iam, "enable_outbound_web_identity_federation"):
        try:
            _by_hand(ADMINISTRATOR, "iam", "EnableOutboundWebIdentityFederation", "2010-05-08")
        except urllib.error.HTTPError as error:
            assert error.code == 409, error.read()
        return
    try:
        iam.enable_outbound_web_identity_federation()
    except iam.exceptions.FeatureEnabledException:
        pass
    assert iam.get_outbound_web_identity_federation_info()["JwtVendingEnabled"] is True


def _token(keys, algorithm):
    sts = keys.client("sts")
    if hasattr(sts, "get_web_identity_token"):
        answer = sts.get_web_identity_token(Audience=[AUDIENCE], SigningAlgorithm=algorithm, DurationSeconds=60)
        assert answer["Expiration"].timestamp() == _claims(answer["WebIdentityToken"])["exp"], answer
        return answer["WebIdentityToken"]
    text = _by_hand(keys, "sts", "GetWebIdentityToken", "2011-06-15", **{"Audience.member.1": AUDIENCE, "SigningAlgorithm": algorithm, "DurationSeconds": 60})
    return text.split("<WebIdentityToken>")[1].split("<")[0]


def _claims(token):
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def a_workload_gets_a_token_that_names_its_role():
    _enable()
    alice = user()
    workload = alice.assume(role("Workload", trusting(alice.arn), allow("sts:GetWebIdentityToken")))
    for algorithm in ("RS256", "ES384"):
        claims = _claims(_token(workload, algorithm))
        assert claims["sub"] == f"arn:aws:iam::111122223333:role/{unique('Workload')}", claims
        assert (claims["aud"], claims["exp"] - claims["iat"]) == (AUDIENCE, 60), claims
        assert claims["https://sts.amazonaws.com/"]["aws_account"] == "111122223333", claims


def the_trail_knows_of_the_token_and_does_not_hold_it():
    _enable()
    token = _token(ADMINISTRATOR, "RS256")
    found = ADMINISTRATOR.client("cloudtrail").lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "GetWebIdentityToken"}])["Events"]
    event = next(one for one in found if json.loads(one["CloudTrailEvent"])["requestID"] == _claims(token)["jti"])
    assert token.split(".")[2] not in event["CloudTrailEvent"], event
    assert "expiration" in json.loads(event["CloudTrailEvent"])["responseElements"], event


def who_has_no_permission_gets_none():
    _enable()
    alice = user()
    sts = alice.client("sts")
    if hasattr(sts, "get_web_identity_token"):
        assert refusal(sts.get_web_identity_token, Audience=[AUDIENCE], SigningAlgorithm="RS256")[0] == "AccessDenied"
        return
    try:
        _token(alice, "RS256")
    except urllib.error.HTTPError as error:
        assert (error.code, "AccessDenied" in error.read().decode()) == (403, True)
        return
    raise AssertionError("not refused")
