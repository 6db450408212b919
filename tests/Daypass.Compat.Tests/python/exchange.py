"""The token endpoint as it is on the wire, and the credentials that it gives with boto3."""

import json
import urllib.error
import urllib.parse
import urllib.request

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from federation import HOST
from federation import _token as token
from federation import _trusting_role as trusting_role
from promises import ADMINISTRATOR, ENDPOINT, Keys, allow, fetch, refusal, unique

GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
JWT = "urn:ietf:params:oauth:token-type:jwt"
CREDENTIALS = "urn:daypass:params:oauth:token-type:aws-credentials"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def credentials_of_an_exchange_work():
    arn = trusting_role(allow("iam:ListUsers"))
    status, headers, body = _post(_form(resource=arn))
    assert status == 200 and headers["Cache-Control"] == "no-store" and headers["Content-Type"] == "application/json", (status, headers, body)
    assert "Access-Control-Allow-Origin" not in headers and headers["X-Content-Type-Options"] == "nosniff", headers
    answer = json.loads(body)
    assert sorted(answer) == ["access_token", "expires_in", "issued_token_type", "token_type"] and answer["token_type"] == "N_A", answer
    given = json.loads(answer["access_token"])
    assert sorted(given) == ["AccessKeyId", "Expiration", "SecretAccessKey", "SessionToken", "Version"] and given["Version"] == 1
    keys = Keys(given)
    assert keys.arn.endswith(f":assumed-role/{unique('Federated')}/alice"), keys.arn
    keys.client("iam").list_users()
    assert refusal(keys.client("iam").list_roles)[0] == "AccessDenied"


def the_metadata_says_where_and_how():
    with urllib.request.urlopen(ENDPOINT + ".well-known/oauth-authorization-server") as answer:
        said = json.load(answer)
    issuer = ENDPOINT.rstrip("/")
    assert said == {
        "issuer": issuer, "token_endpoint": issuer + "/oauth/token", "grant_types_supported": [GRANT],
        "token_endpoint_auth_methods_supported": ["none"], "response_types_supported": [],
    }, said


def what_is_no_exchange_is_refused_in_the_words_of_oauth():
    arn = trusting_role()
    good = _form(resource=arn)
    rows = [
        ("invalid_request", 400, good + [("subject_token", "again")]),
        ("invalid_request", 400, good + [("grant_type", GRANT)]),
        ("unsupported_grant_type", 400, _without(good, "grant_type") + [("grant_type", "client_credentials")]),
        ("invalid_request", 400, _without(good, "grant_type")),
        ("invalid_request", 400, _without(good, "subject_token")),
        ("invalid_request", 400, _without(good, "subject_token_type")),
        ("invalid_request", 400, _without(good, "subject_token_type") + [("subject_token_type", "urn:ietf:params:oauth:token-type:saml2")]),
        ("invalid_request", 400, _without(good, "requested_token_type") + [("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token")]),
        ("invalid_target", 400, _without(good, "resource")),
        ("invalid_target", 400, good + [("resource", arn + "2")]),
        ("invalid_target", 400, good + [("audience", "https://api.example.com")]),
        ("invalid_target", 400, _without(good, "resource") + [("resource", arn.replace("111122223333", "999999999999"))], ),
        ("invalid_request", 400, _without(good, "subject_token") + [("subject_token", "no.token.atall")]),
        ("invalid_request", 400, _without(good, "subject_token") + [("subject_token", "x" * 30_000)]),
        ("invalid_request", 400, good + [("duration_seconds", "1")]),
        ("invalid_request", 400, good + [("duration_seconds", "an hour")]),
        ("invalid_request", 400, good + [("policy", "{")]),
        ("invalid_request", 400, good + [("role_session_name", "a/b")]),
        ("invalid_request", 400, good + [("actor_token", "x"), ("actor_token_type", JWT)]),
        ("invalid_scope", 400, good + [("scope", "admin")]),
        ("invalid_client", 401, good + [("client_id", "me"), ("client_secret", "EXAMPLE")]),
    ]
    for error, status, form in rows:
        got, headers, body = _post(form)
        said = json.loads(body)
        # An unknown account has no provider: that is about the token.
        assert (got, said["error"]) == (status, error) or (got, said["error"]) == (400, "invalid_request") and "999999999999" in str(form), (form, got, body)
        assert headers["Cache-Control"] == "no-store" and set(said) == {"error", "error_description"}, (headers, body)
    assert _post(good)[0] == 200


def a_parameter_that_comes_twice_is_refused_whichever_of_the_two_others_believe():
    arn = trusting_role(allow("iam:ListUsers"))
    good = _form(resource=arn)
    for twice in ([("policy", "1"), ("policy", "2")], [("whatever", "1"), ("whatever", "2")], [("scope", ""), ("scope", "")], [("role_session_name", "a"), ("role_session_name", "a")],
                  [("subject_token", token("mallory"))], [("duration_seconds", "900"), ("duration_seconds", "")]):
        _refused(good + twice, "invalid_request")
    _given(good)


def nobody_acts_for_somebody_and_nothing_is_given_beyond_what_was_asked_for():
    good = _form(resource=trusting_role())
    for error, more in (
        ("invalid_request", [("actor_token", token("mallory")), ("actor_token_type", JWT)]),
        ("invalid_request", [("actor_token_type", JWT)]),
        ("invalid_scope", [("scope", "openid")]),
    ):
        _refused(good + more, error)
    for kind in ("urn:ietf:params:oauth:token-type:access_token", "urn:ietf:params:oauth:token-type:refresh_token", CREDENTIALS + "x", CREDENTIALS.upper()):
        _refused(_without(good, "requested_token_type") + [("requested_token_type", kind)], "invalid_request")
    _given(good)


def a_clients_proof_beside_the_tokens_is_refused():
    good = _form(resource=trusting_role())
    for more in ([("client_secret", "EXAMPLE")], [("client_assertion", token("mallory")), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")]):
        headers = _refused(good + more, "invalid_client", 401)
        assert headers["WWW-Authenticate"], headers
    _refused(good, "invalid_client", 401, {"Authorization": "Bearer " + token()})
    _given(good)


def a_token_that_is_for_somebody_else_or_of_nobody_is_refused():
    arn = trusting_role()
    good = _form(resource=arn)
    other = trusting_role(name="Other", condition={"%s:aud" % HOST: ["es256"]})
    # Good, and of an audience that this role does not trust: who may assume which role is one answer.
    _refused(_form(resource=other), "invalid_target")
    _refused(_without(good, "subject_token") + [("subject_token", token("alice", "stranger"))], "invalid_request")
    head, claims, signature = token().split(".")
    for bad in (f"{head}.{claims}.", f"{head}.{claims}", f"{head}.{claims}.{signature[:-4]}AAAA", f"eyJhbGciOiJub25lIn0.{claims}.", f"{head}.{token('mallory').split('.')[1]}.{signature}"):
        _refused(_without(good, "subject_token") + [("subject_token", bad)], "invalid_request")
    # Whoever shows one of this server's own.
    own = _given(good)
    _refused(_without(good, "subject_token") + [("subject_token", own.kwargs["aws_session_token"])], "invalid_request")
    _given(good)


def a_target_is_one_role_that_trusts():
    arn = trusting_role()
    good = _form(resource=arn)
    bare = _without(good, "resource")
    for error, targets in (
        ("invalid_target", []), ("invalid_target", [arn, arn + "2"]), ("invalid_target", [arn + "2"]), ("invalid_target", [arn, "https://api.example.com"]),
        ("invalid_target", [arn.replace(":role/", ":user/")]), ("invalid_target", [arn.lower()]), ("invalid_target", [arn.replace("Federated", "federated")]),
        ("invalid_target", ["https://api.example.com"]), ("invalid_request", [arn.replace("111122223333", "999999999999")]),
    ):
        _refused(bare + [("resource", target) for target in targets], error)
        _refused(bare + [("audience", target) for target in targets], error)
    _given(bare + [("audience", arn)])


def a_refusal_says_no_more_than_the_call_itself_does():
    arn = trusting_role(condition={"%s:aud" % HOST: ["es256"]})
    said = [json.loads(_post(_form(resource=target))[2]) for target in (arn, arn + "2")]
    assert said[0]["error_description"] == said[1]["error_description"].replace(arn + "2", arn), said
    client = boto3.client("sts", endpoint_url=ENDPOINT, config=Config(signature_version=UNSIGNED, retries={"max_attempts": 1}))
    _, message = refusal(client.assume_role_with_web_identity, RoleArn=arn, RoleSessionName="alice", WebIdentityToken=token())
    assert said[0] == {"error": "invalid_target", "error_description": message}, (said, message)


def the_request_is_a_form_that_is_posted():
    arn = trusting_role()
    body = urllib.parse.urlencode(_form(resource=arn)).encode()
    rows = [
        (405, urllib.request.Request(_endpoint())),
        (400, urllib.request.Request(_endpoint() + "?" + body.decode(), b"", FORM, method="POST")),
        (400, urllib.request.Request(_endpoint(), body, {"Content-Type": "application/json"})),
        (400, urllib.request.Request(_endpoint(), body + b"&x=%zz", FORM)),
        (401, urllib.request.Request(_endpoint(), body, {**FORM, "Authorization": "Basic bWU6RVhBTVBMRQ=="})),
        (405, urllib.request.Request(_endpoint(), method="OPTIONS", headers={"Origin": "https://evil.example.com", "Access-Control-Request-Method": "POST"})),
    ]
    for status, request in rows:
        got, kind, said = fetch(request)
        assert (got, kind) == (status, "application/json") and "error" in json.loads(said), (request.full_url, got, said)


def _refused(form, error, status=400, headers=()):
    """Refused in these words, with nothing given and no session begun."""
    before = _sessions()
    got, sent, body = _post(form, headers)
    said = json.loads(body)
    assert (got, said["error"], set(said)) == (status, error, {"error", "error_description"}), (form, got, body)
    assert sent["Cache-Control"] == "no-store" and sent["x-amzn-RequestId"], sent
    assert not any(value in body for name, value in form if name.endswith("_token")), body
    assert _sessions() == before
    return sent


def _given(form):
    status, _, body = _post(form)
    assert status == 200, body
    return Keys(json.loads(json.loads(body)["access_token"]))


def _sessions():
    """How many sessions of tokens the trail knows."""
    found = ADMINISTRATOR.client("cloudtrail").get_paginator("lookup_events").paginate(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "AssumeRoleWithWebIdentity"}])
    return sum(json.loads(event["CloudTrailEvent"]).get("responseElements") is not None for page in found for event in page["Events"])


def _form(subject="alice", **more):
    return [("grant_type", GRANT), ("subject_token", token(subject)), ("subject_token_type", JWT), ("requested_token_type", CREDENTIALS), *more.items()]


def _without(form, name):
    return [pair for pair in form if pair[0] != name]


def _endpoint():
    return ENDPOINT.rstrip("/") + "/oauth/token"


def _post(form, headers=()):
    request = urllib.request.Request(_endpoint(), urllib.parse.urlencode(form).encode(), {**FORM, **dict(headers)})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()
