"""A service of uproject's style that Daypass protects: its callers come with sessions of either cloud's STS."""

from host_calls import answered, call, operator, post, refused, signed
from promises import ADMINISTRATOR, advance_clock, allow, role, send, sentence, trusting, unique, user


def _session(*actions, name="HostReader"):
    """A session that AWS's AssumeRole has issued."""
    alice = user("of" + name)
    return alice.assume(role(name, trusting(alice.arn), allow(list(actions or ("uhost:DescribeUHostInstance",)))))


def _hosts(*names):
    keys = operator("uhost:*")
    return [answered(call(keys, "CreateUHostInstance", Name=name))["UHostIds"][0] for name in names]


def a_session_of_AWS_s_STS_calls_with_the_other_cloud_s_signature_in_every_shape():
    session = _session()
    for shape in ("form", "json", "query"):
        answer = answered(call(session, "DescribeUHostInstance", shape, Limit="10"))
        assert answer["Action"] == "DescribeUHostInstanceResponse" and isinstance(answer["TotalCount"], int), answer


def what_the_session_may_not_is_refused_with_the_reason():
    [host] = _hosts("web")
    session = _session()
    assert host in {found["UHostId"] for found in answered(call(session, "DescribeUHostInstance"))["UHostSet"]}
    message = refused(call(session, "TerminateUHostInstance", UHostId=host), 299)
    assert "not authorized to perform: uhost:TerminateUHostInstance" in sentence(message), message
    assert sentence(message).endswith("because no identity-based policy allows the uhost:TerminateUHostInstance action"), message
    # And nothing was done.
    assert host in {found["UHostId"] for found in answered(call(session, "DescribeUHostInstance"))["UHostSet"]}


def nested_lists_are_signed_and_read_as_they_are():
    first, second, third = _hosts("one", "two", "three")
    session = _session()
    found = answered(call(session, "DescribeUHostInstance", "json", UHostIds=[first, third]))["UHostSet"]
    assert {host["UHostId"] for host in found} == {first, third}
    flat = {"UHostIds.0": first, "UHostIds.1": second}
    assert {host["UHostId"] for host in answered(call(session, "DescribeUHostInstance", **flat))["UHostSet"]} == {first, second}


def a_session_that_is_revoked_is_refused_with_its_next_call():
    session = _session()
    answered(call(session, "DescribeUHostInstance"))
    status, _, body = send("daypass", {"Action": "RevokeSessions", "AccessKeyId": session.kwargs["aws_access_key_id"]}, "2026-11-22")
    assert status == 200, body
    # Each call has its own verdict: what one node knows, and with one node that is everything, holds at once.
    message = refused(call(session, "DescribeUHostInstance"), 174)
    assert "it was revoked at 20" in message, message


def a_session_that_is_over_is_refused():
    session = _session()
    answered(call(session, "DescribeUHostInstance"))
    advance_clock(3601)
    refused(call(session, "DescribeUHostInstance"), 174)


def whatever_was_changed_on_the_way_is_refused():
    session = _session("uhost:*")
    [host] = _hosts("web")
    good = signed(session, {"Action": "DescribeUHostInstance", "UHostIds.0": host, "Region": "cn-bj2"})
    answered(post(good))
    for changed in ({**good, "Action": "TerminateUHostInstance", "UHostId": host}, {**good, "Region": "cn-sh2"}, {**good, "Extra": ""}, {**good, "Signature": "0" * 40}):
        refused(post(changed), 171)
    without = {name: value for name, value in good.items() if name != "Signature"}
    refused(post(without), 170)
    other = _session(name="Another")
    refused(post({**good, "SecurityToken": other.kwargs["aws_session_token"]}), 174)
    assert host in {found["UHostId"] for found in answered(call(session, "DescribeUHostInstance"))["UHostSet"]}


def a_call_of_Daypass_s_own_API_gets_no_verdict_whatever_its_service_serves():
    refused(call(operator(), "AssumeRole", RoleUrn="ucs:iam::1:role/x", RoleSessionName="x"), 230)


def a_policy_for_one_host_is_for_that_host():
    mine, other = _hosts("mine", "other")
    company = int(ADMINISTRATOR.client("sts").get_caller_identity()["Account"])
    keeper = user()
    arn = role("Keeper", trusting(keeper.arn), allow("uhost:TerminateUHostInstance", f"arn:aws:uhost:*:{company:012}:instance/{mine}"))
    session = keeper.assume(arn)
    refused(call(session, "TerminateUHostInstance", UHostId=other), 299)
    assert answered(call(session, "TerminateUHostInstance", UHostId=mine))["UHostId"] == mine
    assert unique("Keeper") in arn
