"""Sessions that are revoked, as boto3 finds them."""

import json
import time

from promises import ADMINISTRATOR, allow, refusal, role, send, trusting, unique, user

VERSION = "2026-11-22"


def _revoke(**what):
    status, _, body = send("daypass", {"Action": "RevokeSessions", **what}, VERSION, accept="application/json")
    assert status == 200, body
    return json.loads(body)["RevokeSessionsResponse"]["RevokeSessionsResult"]["Revocation"]


def _listed(**which):
    status, _, body = send("daypass", {"Action": "ListSessions", **which}, VERSION, accept="application/json")
    assert status == 200, body
    return json.loads(body)["ListSessionsResponse"]["ListSessionsResult"]["Sessions"]


def _dead(keys):
    code, message = refusal(keys.client("sts").get_caller_identity)
    assert code == "ExpiredToken", (code, message)
    assert message.startswith("The security token included in the request is expired: it was revoked at 20"), message


def a_revoked_session_is_refused_as_expired_and_a_new_one_works():
    alice = user()
    arn = role("reader", trusting(alice.arn))
    session = alice.assume(arn)
    assert session.arn.endswith("/tuesday")
    _revoke(AccessKeyId=session.kwargs["aws_access_key_id"])
    _dead(session)
    assert alice.assume(arn).arn.endswith("/tuesday")
    assert alice.arn.endswith(unique("alice"))


def all_sessions_of_a_role_end_with_what_they_led_to():
    alice = user()
    first = role("first", trusting(alice.arn), allow("sts:AssumeRole"))
    second = role("second", trusting(first))
    through = alice.assume(first)
    there = through.assume(second)
    assert [one["AccessKeyId"] for one in _listed(PrincipalArn=first)] == [keys.kwargs["aws_access_key_id"] for keys in (there, through)]
    revoked = _revoke(PrincipalArn=first, Reason="laptop stolen")
    assert (revoked["Kind"], revoked["PrincipalArn"], revoked["Reason"]) == ("Role", first, "laptop stolen"), revoked
    _dead(through)
    _dead(there)
    assert _listed(PrincipalArn=first) == []
    assert alice.assume(first).assume(second).arn.endswith("/tuesday")


def a_revoked_key_ends_the_users_own_sessions_and_is_itself_untouched():
    alice = user()
    session = type(alice)(alice.client("sts").get_session_token()["Credentials"])
    assert session.arn == alice.arn
    _revoke(AccessKeyId=alice.kwargs["aws_access_key_id"])
    _dead(session)
    assert alice.arn.endswith(unique("alice"))


def a_session_that_is_listed_says_who_it_is_and_through_whom():
    alice = user()
    arn = role("reader", trusting(alice.arn))
    session = alice.assume(arn)
    listed, = _listed(AccessKeyId=session.kwargs["aws_access_key_id"])
    assert listed["Arn"] == session.arn and listed["EventName"] == "AssumeRole", listed
    assert [(link["Kind"], link["AccessKeyId"], link["PrincipalArn"]) for link in listed["Chain"]] == [("AccessKey", alice.kwargs["aws_access_key_id"], alice.arn)], listed
    assert listed["UserAgent"].startswith("Boto3/") or "Botocore" in listed["UserAgent"], listed
    assert 3500 < listed["ExpiresAt"] - listed["IssuedAt"] <= 3600 and abs(listed["IssuedAt"] - time.time()) < 3600, listed


def who_may_not_revoke_is_refused():
    alice = user()
    status, _, body = send("daypass", {"Action": "RevokeSessions", "AllSessions": "true"}, VERSION, keys=alice)
    assert status == 403 and "is not authorized to perform: daypass:RevokeSessions on resource: *" in body, body
    assert ADMINISTRATOR.arn
