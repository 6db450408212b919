"""What clients of the uproject dialect may rely on. Each promise holds in every shape that an official client sends, unless it is about one."""

import datetime
import json
import time
import urllib.parse

from promises import ADMINISTRATOR, advance_clock, allow, document, refusal, role, second_account, trusting, unique, user
from ucloud import ACCOUNT, CLIENTS, FORM, JSON, ROOT, Key, assume, call, get, go, go_json, javascript, python, send, sign, signed, trail, urn, words


def _role(*statements, name="Deployer", trusted=ACCOUNT):
    """A role that the account may assume; its URN."""
    return urn(role(name, trusting(trusted), *(statements or [allow("*")])))


def _caller():
    """A user who may assume everything that trusts it."""
    keys = user("caller")
    ADMINISTRATOR.client("iam").put_user_policy(UserName=unique("caller"), PolicyName="p", PolicyDocument=document(allow("sts:AssumeRole")))
    return Key.of_user(keys)


def _names(*actions):
    return json.dumps({"Version": "1", "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": ["*"]}]})


def every_client_gets_the_four_fields_of_a_session():
    target, caller = _role(), _caller()
    for client in CLIENTS:
        for path in ("", "/uproject", "/uproject/"):
            answer = client("AssumeRole", caller, {"RoleUrn": target, "RoleSessionName": "s", "DurationSeconds": 900, "Policy": _names("*")}, path)
            assert (answer.status, answer.code, answer["Action"], answer.message) == (200, 0, "AssumeRoleResponse", ""), (client.__name__, answer.body)
            keys = answer["Credentials"]
            assert sorted(keys) == ["AccessKeyId", "AccessKeySecret", "Expiration", "SecurityToken"], keys
            assert all(type(value) is str and value for value in keys.values()), keys
            assert keys["AccessKeyId"].startswith("STS."), keys
            end = datetime.datetime.strptime(keys["Expiration"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc)
            clock = ADMINISTRATOR.client("sts").get_session_token(DurationSeconds=900)["Credentials"]["Expiration"]
            assert abs((clock - end).total_seconds()) < 60, (end, clock)


def a_session_is_the_same_in_both_dialects():
    session = Key.of(assume(_role(allow("sts:*"), allow("iam:*")), _caller()).body)
    # Here as there, and as a role that is assumed by it.
    assert session.aws().arn == f"arn:aws:sts::{ACCOUNT}:assumed-role/{unique('Deployer')}/tuesday"
    next_role = _role(allow("iam:ListUsers"), name="Next", trusted=f"arn:aws:iam::{ACCOUNT}:role/{unique('Deployer')}")
    for client in CLIENTS:
        answer = client("AssumeRole", session, {"RoleUrn": next_role, "RoleSessionName": "s"})
        assert answer.code == 0, (client.__name__, answer.body)
        assert Key.of(answer.body).aws().client("iam").list_users()["Users"]
    # And one that AWS's API has issued, in this one.
    aws = ADMINISTRATOR.client("iam")
    bob = user("bob")
    aws.put_user_policy(UserName=unique("bob"), PolicyName="p", PolicyDocument=document(allow("sts:AssumeRole")))
    first = bob.client("sts").assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/{unique('Deployer')}", RoleSessionName="xx")["Credentials"]
    answer = assume(next_role, Key(first["AccessKeyId"], first["SecretAccessKey"], first["SessionToken"]))
    assert answer.code == 0, answer.body


def a_session_that_is_over_or_is_none_is_refused_as_a_token():
    target, caller = _role(), _caller()
    session = Key.of(assume(target, caller, DurationSeconds=900).body)
    other = Key.of(assume(target, caller).body)
    for client in CLIENTS:
        assert client("AssumeRole", session, {}).code == 220, client.__name__
        for token in (None, other.token, session.token[:-4] + "AAA=", "AAE", "%"):
            answer = client("AssumeRole", Key(session.public_key, session.private_key, token), {})
            assert (answer.status, answer.code, answer.message) == (200, 174, "Token Not Exists"), (client.__name__, token, answer.body)
        # A token beside a key that has none.
        assert client("AssumeRole", Key(caller.public_key, caller.private_key, session.token), {}).code == 174, client.__name__
        # Before the signature, as its clients' hints go by that.
        assert client("AssumeRole", Key(session.public_key, "wrong", other.token), {}).code == 174, client.__name__
        assert client("AssumeRole", Key(session.public_key, "wrong", session.token), {}).code == 171, client.__name__
    advance_clock(901)
    for client in CLIENTS:
        answer = client("AssumeRole", session, {})
        assert (answer.status, answer.code) == (200, 174), (client.__name__, answer.body)
        assert answer.message.startswith("Token Not Exists"), answer.body
        assert client("AssumeRole", other, {}).code == 220, client.__name__


def a_key_that_is_none_and_a_signature_that_is_wrong_are_told_apart():
    target, caller = _role(), _caller()
    for client in CLIENTS:
        for key, code, message in (
            (Key("nobody@example.com123", caller.private_key), 172, "User Not Exists"),
            (Key("AKIAAAAAAAAAAAAAAAAA", caller.private_key), 172, "User Not Exists"),
            (Key("STS.AAAAAAAAAAAAAAAA", caller.private_key, "AAE"), 174, "Token Not Exists"),
            (Key(caller.public_key, "wrong"), 171, "Signature VerifyAC Error"),
        ):
            answer = client("AssumeRole", key, {"RoleUrn": target, "RoleSessionName": "s"})
            assert (answer.status, answer.code, answer.message) == (200, code, message), (client.__name__, answer.body)
    ADMINISTRATOR.client("iam").update_access_key(UserName=unique("caller"), AccessKeyId=caller.public_key, Status="Inactive")
    assert assume(target, caller).code == 172


def what_is_wrong_with_a_call_is_said_by_name():
    target, caller = _role(), _caller()
    for parameters, code, named in (
        ({}, 220, "[RoleUrn, RoleSessionName]"),
        ({"RoleUrn": target, "RoleSessionName": ""}, 220, "[RoleSessionName]"),
        ({"RoleUrn": target, "RoleSessionName": "a b"}, 230, "[RoleSessionName]"),
        ({"RoleUrn": target, "RoleSessionName": "a@b"}, 230, "[RoleSessionName]"),
        ({"RoleUrn": target, "RoleSessionName": "x" * 65}, 230, "[RoleSessionName]"),
        ({"RoleUrn": target, "RoleSessionName": "s", "DurationSeconds": 899}, 230, "[DurationSeconds]"),
        ({"RoleUrn": target, "RoleSessionName": "s", "DurationSeconds": 3601}, 230, "[DurationSeconds]"),
        ({"RoleUrn": target, "RoleSessionName": "s", "DurationSeconds": 43201}, 230, "[DurationSeconds]"),
        ({"RoleUrn": target, "RoleSessionName": "s", "Policy": "{"}, 230, ""),
        ({"RoleUrn": target, "RoleSessionName": "s", "Policy": _names("x" * 2048)}, 230, "[Policy]"),
        ({"RoleUrn": f"ucs:iam::{ACCOUNT}:user/somebody", "RoleSessionName": "s"}, 230, "[RoleUrn]"),
        ({"RoleUrn": "not the name of anything", "RoleSessionName": "s"}, 230, "[RoleUrn]"),
        ({"RoleUrn": target, "RoleSessionName": "s", "RoleArn": target}, 230, "[RoleArn]"),
        ({"RoleUrn": target, "roleSessionName": "s"}, 220, "[RoleSessionName]"),
    ):
        for client in CLIENTS:
            answer = client("AssumeRole", caller, parameters)
            assert (answer.status, answer.code, "Credentials" in answer.body) == (200, code, False) and named in answer.message, (client.__name__, parameters, answer.body)
    for name in ("s", "x" * 64, "A.b_c-9"):
        for client in CLIENTS:
            assert client("AssumeRole", caller, {"RoleUrn": target, "RoleSessionName": name}).code == 0, (client.__name__, name)


def a_request_that_is_none_is_answered_all_the_same():
    for answer, code in (
        (call("NoSuchAction"), 161),
        (call("assumeRole"), 161),
        (call(""), 160),
        (send(query="PublicKey=x"), 160),
        (send(query="Action=AssumeRole&PublicKey=x"), 170),
        (send(query="Action=AssumeRole&Signature=x", path="/uproject"), 170),
        (send("GET", query="Action=AssumeRole", path="/uproject"), 170),
        (send(body=b"{", content_type=JSON), 230),
        (send(body=b"[]", content_type=JSON), 230),
        (send(body=b'{"Action":["AssumeRole"]}', content_type=JSON), 230),
        (send(body=b"Action=%", content_type=FORM, path="/uproject"), 230),
        (send(body=b"Action=AssumeRole", content_type="text/plain", path="/uproject"), 230),
        (send(query="Action=AssumeRole&PublicKey=x", body=b"Action=ListUsers&PublicKey=x", content_type=FORM), 230),
        (send(body=b"Action=AssumeRole&PublicKey=x&PublicKey=x", content_type=FORM), 230),
        (send(body=b'{"Action":"AssumeRole","Action":"AssumeRole"}', content_type=JSON), 230),
    ):
        assert (answer.status, answer.code) == (200, code), answer.body


def a_parameter_in_query_and_body_counts_once_or_not_at_all():
    target, caller = _role(), _caller()
    request = signed("AssumeRole", caller, {"RoleUrn": target, "RoleSessionName": "s"})
    for query, expected in (
        ("Action=AssumeRole", 0),
        (words({"Action": "AssumeRole", "RoleUrn": target, "Signature": request["Signature"]}), 0),
        ("Action=GetRole", 230),
        ("RoleSessionName=t", 230),
        # Not signed, so not this signature's.
        ("DurationSeconds=900", 171),
    ):
        for body, content_type in ((words(request).encode(), FORM), (json.dumps(request).encode(), JSON)):
            answer = send(query=query, body=body, content_type=content_type)
            assert answer.code == expected, (query, content_type, answer.body)


def who_may_not_assume_a_role_learns_nothing_of_others_accounts():
    mine, caller = _role(), _caller()
    nobody = Key.of_user(user("nobody"))
    there, administrator = second_account()
    theirs = urn(role("Theirs", trusting(there), administrator=administrator))
    # Of the own account it is said that a role is missing, to who may assume it, as clients go by that.
    assert assume(mine + "x", caller).code == 11277
    assert "Role Not Exist" in assume(mine + "x", caller).message
    answers = [assume(mine, nobody), assume(mine + "x", nobody), assume(theirs, caller), assume(theirs + "x", caller), assume("ucs:iam::5:role/x", caller)]
    assert [answer.code for answer in answers] == [299] * 5, [(answer.code, answer.message[:150]) for answer in answers]
    texts = {answer.message.split(" Encoded")[0].replace(theirs.split(":", 3)[3] + "x", "").replace(theirs.split(":", 3)[3], "") for answer in answers[2:4]}
    assert len({text.rsplit("/", 1)[0] for text in texts}) == 1, texts


def a_session_policy_narrows_and_never_widens():
    target, caller = _role(allow("iam:ListUsers"), allow("iam:ListRoles")), _caller()
    for client in CLIENTS:
        session = Key.of(client("AssumeRole", caller, {"RoleUrn": target, "RoleSessionName": "s", "Policy": _names("iam:ListUsers", "iam:ListGroups")}).body)
        narrow = session.aws().client("iam")
        assert narrow.list_users()["Users"]
        assert refusal(narrow.list_roles)[0] == "AccessDenied"
        assert refusal(narrow.list_groups)[0] == "AccessDenied"
        assert [client(action, session, {}).code for action in ("ListUsers", "ListRoles", "ListGroups")] == [0, 299, 299], client.__name__


def an_action_twice_is_one_or_none_in_every_shape():
    """One official client says the action in the query and again in the body."""
    target, caller = _role(), _caller()
    for shape in (FORM, JSON):
        for parameters in ({"RoleUrn": target, "RoleSessionName": "s"}, {"RoleUrn": target, "RoleSessionName": "s", "DurationSeconds": 900}):
            request = signed("AssumeRole", caller, parameters)
            body = words(request).encode() if shape == FORM else json.dumps(request).encode()
            for query, code in (("Action=AssumeRole", 0), ("Action=ListUsers", 230), ("Action=", 230), ("action=AssumeRole", 171), ("Action=AssumeRole&Action=AssumeRole", 230)):
                answer = send(query=query, body=body, content_type=shape)
                assert (answer.status, answer.code) == (200, code), (shape, query, answer.body)


def a_company_lets_another_one_in_until_its_session_is_over():
    """The recipe of the documentation: A's role trusts B, B's sub-user may assume roles, and does."""
    there, b = second_account()
    iam = b.client("iam")
    iam.create_user(UserName="robot")
    key = iam.create_access_key(UserName="robot")["AccessKey"]
    robot = Key(key["AccessKeyId"], key["SecretAccessKey"])
    trust = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{there}:root"}, "Action": "sts:AssumeRole"}
    target = urn(role("cross_account_test", trust, allow("iam:ListUsers")))
    assert assume(target, robot).code == 299
    iam.attach_user_policy(UserName="robot", PolicyArn="arn:aws:iam::ucs:policy/STSCreateOnlyAccess")
    for client in CLIENTS:
        answer = client("AssumeRole", robot, {"RoleUrn": target, "RoleSessionName": "robot", "DurationSeconds": 900})
        assert answer.code == 0, (client.__name__, answer.body)
    session = Key.of(answer.body)
    assert session.aws().arn == f"arn:aws:sts::{ACCOUNT}:assumed-role/{unique('cross_account_test')}/robot"
    assert session.aws().client("iam").list_users()["Users"]
    assert refusal(session.aws().client("iam").list_roles)[0] == "AccessDenied"
    assert go("AssumeRole", session, {"RoleUrn": target, "RoleSessionName": "again"}).code == 299
    advance_clock(901)
    assert go("AssumeRole", session, {"RoleUrn": target, "RoleSessionName": "again"}).code == 174
    assert refusal(session.aws().client("iam").list_users)[0] == "ExpiredToken"
    # And A's administrator sees who it was.
    record = trail("AssumeRole", roleUrn=target, roleSessionName="robot")
    assert record["userIdentity"]["accountId"] == there, record
    assert record["additionalEventData"]["dialect"] == "uproject", record


def a_session_is_revoked_by_its_key_id():
    session = Key.of(assume(_role(), _caller()).body)
    from promises import send as send_aws
    status, _, body = send_aws("daypass", {"Action": "RevokeSessions", "AccessKeyId": session.public_key}, "2026-11-22")
    assert status == 200, body
    assert call("AssumeRole", session).code == 174


def the_trail_shows_the_call_in_the_words_of_its_client():
    target, caller = _role(), _caller()
    answer = assume(target, caller, name="seen", DurationSeconds=900, Policy=_names("iam:*"))
    record = trail("AssumeRole", roleSessionName="seen")
    assert record["requestParameters"] == {"durationSeconds": 900, "policy": _names("iam:*"), "roleSessionName": "seen", "roleUrn": target}, record
    assert record["additionalEventData"] == {"dialect": "uproject"}, record
    assert record["eventSource"] == "sts.amazonaws.com", record
    assert record["responseElements"]["credentials"]["accessKeyId"] == answer["Credentials"]["AccessKeyId"], record
    assert answer["Credentials"]["AccessKeySecret"] not in json.dumps(record), record
    assert record["requestID"] == answer.headers["X-UCLOUD-REQUEST-UUID"], record
    refused = call("AssumeRole", Key.of_user(user("nobody")), RoleUrn=target, RoleSessionName="unseen")
    record = trail("AssumeRole", roleSessionName="unseen")
    assert (refused.code, record["errorCode"], record["additionalEventData"]["dialect"]) == (299, "AccessDenied", "uproject"), record


def a_signature_has_no_time_so_a_request_can_be_sent_again():
    """Said plainly in the guide: what is signed has no time and no nonce, and what clients claim beside it counts for nothing."""
    body = words(signed("AssumeRole", _caller(), {"RoleUrn": _role(), "RoleSessionName": "s"})).encode()
    for stamp in ("1", str(int(time.time() * 1000)), "tomorrow"):
        assert send(body=body, content_type=FORM, headers={"U-Timestamp-Ms": stamp}).code == 0


def the_two_dialects_share_a_path():
    target, caller = _role(), _caller()
    # AWS's are signed in a header, in X-Amz- parameters, or have a version.
    aws = ADMINISTRATOR.client("sts")
    assert aws.get_caller_identity()["Account"] == ACCOUNT
    url = aws.generate_presigned_url("get_caller_identity", HttpMethod="GET")
    import urllib.request
    with urllib.request.urlopen(url) as answer:
        assert b"GetCallerIdentityResult" in answer.read()
    for request, is_ours in (
        ({"Action": "AssumeRole", "RoleUrn": target}, True),
        ({"Action": "AssumeRole", "Signature": "x"}, True),
        ({"Action": "AssumeRole", "RoleArn": "x"}, False),
        ({"Action": "AssumeRole", "RoleArn": "x", "Version": "2011-06-15"}, False),
        ({"Action": "AssumeRole", "PublicKey": "x", "Version": "2011-06-15"}, False),
    ):
        for query, body in ((words(request), None), ("", words(request).encode())):
            address = urllib.request.Request(__import__("promises").ENDPOINT.rstrip("/") + "/" + ("?" + query if query else ""), body, method="POST")
            try:
                with urllib.request.urlopen(address) as answer:
                    found = answer.headers["X-UCLOUD-REQUEST-UUID"] is not None
            except urllib.error.HTTPError as error:
                found = error.headers["X-UCLOUD-REQUEST-UUID"] is not None
                assert error.headers["x-amzn-RequestId"], request
            assert found is is_ours, (request, query)
