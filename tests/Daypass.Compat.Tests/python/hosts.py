"""A service of uproject's style that Daypass protects: its callers come with sessions of either cloud's STS."""

import io
import json
import os

from host_calls import answered, api, assumed, call, operator, post, refused, signed
from promises import ADMINISTRATOR, Keys, advance_clock, allow, role, send, sentence, trusting, unique, user


class _FromTheEnvironment(Keys):
    """The administrator's keys, for a signer that is not boto3."""

    def __init__(self):
        super().__init__({"AccessKeyId": os.environ["AWS_ACCESS_KEY_ID"], "SecretAccessKey": os.environ["AWS_SECRET_ACCESS_KEY"]})


ADMINISTRATOR_HERE = _FromTheEnvironment()


def _session(*actions, name="HostReader"):
    """A session that AWS's AssumeRole has issued."""
    alice = user("of" + name)
    return alice.assume(role(name, trusting(alice.arn), allow(list(actions or ("uhost:DescribeUHostInstance",)))))


def _hosts(*names):
    keys = operator("uhost:*")
    return [answered(call(keys, "CreateUHostInstance", Name=name))["UHostIds"][0] for name in names]


def _company():
    return int(ADMINISTRATOR.client("sts").get_caller_identity()["Account"])


def _document(action, resource):
    return json.dumps({"Version": "1", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource}]})


def _sub_user(name):
    """A user of the other cloud, made by its API, who may assume roles."""
    made = api(ADMINISTRATOR_HERE, "CreateUser", UserName=unique(name), AccessKeyStatus="Active", LoginProfileStatus="Inactive")
    api(ADMINISTRATOR_HERE, "AttachPoliciesToUser", UserName=unique(name), Scope="Unspecified", **{"PolicyURNs.0": "ucs:iam::ucs:policy/STSCreateOnlyAccess"})
    return Keys({"AccessKeyId": made["AccessKeyID"], "SecretAccessKey": made["AccessKeySecret"]})


def _uproject_role(name, actions, resources, **binding):
    """A role of the other cloud with one policy, which its own account may assume; answers its URN."""
    trust = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"UCS": [f"ucs:iam::{_company()}:root"]}}]}
    api(ADMINISTRATOR_HERE, "CreateRole", RoleName=unique(name), RolePolicyDocument=json.dumps(trust))
    api(ADMINISTRATOR_HERE, "CreateIAMPolicy", PolicyName=unique(name), Document=_document(actions, resources), ScopeType="ScopeRequired")
    binding = binding or {"Scope": "Unspecified"}
    api(ADMINISTRATOR_HERE, "AttachPoliciesToRole", RoleName=unique(name), **{"PolicyURNs.0": f"ucs:iam::{_company()}:policy/{unique(name)}"}, **binding)
    return f"ucs:iam::{_company()}:role/{unique(name)}"


def a_session_of_the_other_cloud_s_own_STS_does_what_its_policy_says_and_no_more():
    [host] = _hosts("web")
    session = assumed(_sub_user("bob"), _uproject_role("reader", ["uhost:Describe*"], [f"ucs:uhost:*:{_company()}:instance/*"]))
    assert session.kwargs["aws_access_key_id"].startswith("STS.")
    assert host in {found["UHostId"] for found in answered(call(session, "DescribeUHostInstance"))["UHostSet"]}
    message = refused(call(session, "TerminateUHostInstance", UHostId=host), 299)
    assert "is not authorized to perform: uhost:TerminateUHostInstance" in sentence(message), message
    send("daypass", {"Action": "RevokeSessions", "AccessKeyId": session.kwargs["aws_access_key_id"]}, "2026-11-22")
    refused(call(session, "DescribeUHostInstance"), 174)


def a_policy_that_is_bound_to_a_project_holds_in_that_project_at_the_service_too():
    project = api(ADMINISTRATOR_HERE, "CreateProject", ProjectName=unique("tests"))["ProjectId"]
    role_urn = _uproject_role("builder", ["uhost:*"], ["*"], Scope="Specified", ProjectID=project)
    session = assumed(_sub_user("carol"), role_urn)
    [host] = answered(call(session, "CreateUHostInstance", Name="a", ProjectId=project))["UHostIds"]
    refused(call(session, "CreateUHostInstance", Name="b"), 299)
    refused(call(session, "DescribeUHostInstance", ProjectId="org-another"), 299)
    assert [found["UHostId"] for found in answered(call(session, "DescribeUHostInstance", ProjectId=project))["UHostSet"]] == [host]
    # What is in one project is not found in another, whoever asks there.
    refused(call(operator("uhost:*"), "TerminateUHostInstance", UHostId=host), 230)


def a_session_of_the_other_cloud_opens_a_service_of_AWS_s_kind():
    s3 = ADMINISTRATOR.client("s3")
    s3.create_bucket(Bucket=unique("logs"))
    s3.put_object(Bucket=unique("logs"), Key="x", Body=io.BytesIO(b"transactions"))
    session = assumed(_sub_user("dave"), _uproject_role("logs", ["s3:GetObject"], ["*"]))
    assert session.client("s3").get_object(Bucket=unique("logs"), Key="x")["Body"].read() == b"transactions"
    try:
        session.client("s3").put_object(Bucket=unique("logs"), Key="y", Body=b"z")
    except session.client("s3").exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == "AccessDenied", error.response
    else:
        raise AssertionError("it may only read")


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
