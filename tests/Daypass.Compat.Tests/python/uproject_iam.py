"""What clients of the uproject dialect may rely on in IAM: the command line's start, Terraform's sequences of calls, and one set of users, roles and policies for both APIs."""

import json

from promises import ADMINISTRATOR, advance_clock, allow, document, refusal, unique, user
from ucloud import ACCOUNT, CLIENTS, Key, assume, call, go, go_json, python

COMPANY = int(ACCOUNT)
TRUST = {"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"], "Principal": {"UCS": [f"ucs:iam::{COMPANY}:root"]}}]}


def _ok(answer):
    assert (answer.status, answer.code) == (200, 0), answer.body
    return answer.body


def _done(action, key=None, client=python, **parameters):
    return _ok(client(action, key, parameters) if key else client(action, _root(), parameters))


def _root():
    from ucloud import ROOT
    return ROOT


def _user(name, **more):
    """A user with a key, made here; its name and its key."""
    made = _done("CreateUser", UserName=unique(name), AccessKeyStatus="Active", LoginProfileStatus="Inactive", **more)
    return made["UserName"], Key(made["AccessKeyID"], made["AccessKeySecret"])


def _policy(name, *actions, effect="Allow", **more):
    text = json.dumps({"Version": "1", "Statement": [{"Effect": effect, "Action": list(actions), "Resource": ["*"]}]})
    return _done("CreateIAMPolicy", PolicyName=unique(name), Document=text, **more)["PolicyURN"]


def _attach(user_name, *urns):
    _done("AttachPoliciesToUser", client=go, UserName=user_name, PolicyURNs=list(urns), Scope="Unspecified")


def the_command_line_finds_what_it_asks_for_at_its_start():
    name, key = _user("cli")
    for client in CLIENTS:
        regions = _ok(client("GetRegion", key, {}))["Regions"]
        assert [type(region["RegionId"]) for region in regions] == [int] * len(regions) and sum(region["IsDefault"] is True for region in regions) == 1, regions
        projects = _ok(client("GetProjectList", key, {}))
        assert projects["ProjectCount"] == len(projects["ProjectSet"]) == 1 and projects["ProjectSet"][0]["IsDefault"] is True, projects
        info = _ok(client("GetUserInfo", key, {}))["DataSet"][0]
        assert (info["UserName"], info["CompanyId"]) == (name, COMPANY) and type(info["UserId"]) is int, info


def terraform_manages_a_user():
    for client in (go, go_json):
        name = unique(f"tf-{client.__name__}")
        _ok(client("CreateUser", _root(), {"UserName": name, "AccessKeyStatus": "Inactive", "LoginProfileStatus": "Inactive", "DisplayName": "显示名", "Password": ""}))
        assert client("CreateUser", _root(), {"UserName": name, "AccessKeyStatus": "Inactive", "LoginProfileStatus": "Inactive"}).code == 11208
        found = _ok(client("GetUser", _root(), {"UserName": name}))["User"]
        assert found["Email"].endswith(".apiuser.ucloud.cn") and (found["DisplayName"], found["Status"]) == ("显示名", "Active") and type(found["CreatedAt"]) is int, found
        assert _ok(client("GetLoginProfile", _root(), {"UserName": name}))["LoginProfile"]["Status"] == "Inactive"
        _ok(client("UpdateLoginProfile", _root(), {"UserName": name, "UserEmail": "tf@example.com", "Status": "Active"}))
        assert _ok(client("GetLoginProfile", _root(), {"UserName": name}))["LoginProfile"]["Status"] == "Active"
        _ok(client("UpdateUser", _root(), {"UserName": name, "Status": "Frozen"}))
        assert _ok(client("GetUser", _root(), {"UserName": name}))["User"]["Status"] == "Frozen"
        key = _ok(client("CreateAccessKey", _root(), {"UserName": name}))["AccessKey"]
        assert [each["AccessKeyID"] for each in _ok(client("ListAccessKeys", _root(), {"UserName": name}))["AccessKey"]] == [key["AccessKeyID"]]
        group = unique(f"tf-{client.__name__}")
        _ok(client("CreateGroup", _root(), {"GroupName": group, "Description": "d"}))
        _ok(client("AddUserToGroup", _root(), {"GroupName": group, "UserName": name}))
        members = _ok(client("ListUsersForGroup", _root(), {"GroupName": group, "Limit": "100", "Offset": "0"}))
        assert [(member["UserName"], type(member["JoinedAt"])) for member in members["Users"]] == [(name, int)] and members["TotalCount"] == 1, members
        _ok(client("DeleteUser", _root(), {"UserName": name}))
        assert client("GetUser", _root(), {"UserName": name}).code == 11021
        _ok(client("DeleteGroup", _root(), {"GroupName": group}))
        assert client("GetGroup", _root(), {"GroupName": group}).code == 11162


def terraform_manages_a_policy_and_its_bindings():
    text = json.dumps({"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["uhost:DescribeUHostInstance"], "Resource": None}]}, indent=2)
    for client in (go, go_json):
        policy, name = unique(f"tf-{client.__name__}"), _user(f"tf-{client.__name__}")[0]
        _ok(client("CreateIAMPolicy", _root(), {"PolicyName": policy, "Document": text, "Description": "c", "ScopeType": "ScopeRequired"}))
        urn, offset = None, 0
        while urn is None:
            page = _ok(client("ListPolicies", _root(), {"Owner": "User", "Limit": "100", "Offset": str(offset)}))
            assert page["Policies"], "not found in any page"
            urn, offset = next((each["PolicyURN"] for each in page["Policies"] if each["PolicyName"] == policy), None), offset + 100
        assert _ok(client("ListPolicies", _root(), {"Owner": "User", "Limit": "100", "Offset": "100000"}))["Policies"] == []
        found = _ok(client("GetIAMPolicy", _root(), {"PolicyURN": urn}))["Policy"]
        assert (found["Document"], found["ScopeType"], found["PolicyURN"]) == (text, "ScopeRequired", f"ucs:iam::{COMPANY}:policy/{policy}"), found
        project = _ok(client("CreateProject", _root(), {"ProjectName": policy}))["ProjectId"]
        _ok(client("AttachPoliciesToUser", _root(), {"UserName": name, "PolicyURNs": [urn], "Scope": "Specified", "ProjectID": project}))
        mine = _ok(client("ListPoliciesForUser", _root(), {"UserName": name, "Scope": "Specified", "ProjectID": project, "Limit": "100", "Offset": "0"}))
        assert [(each["PolicyURN"], each["ProjectID"], type(each["AttachedAt"])) for each in mine["Policies"]] == [(urn, project, int)], mine
        assert _ok(client("ListPoliciesForUser", _root(), {"UserName": name, "Scope": "Unspecified", "Limit": "100", "Offset": "0"}))["Policies"] == []
        _ok(client("UpdateIAMPolicy", _root(), {"PolicyURN": urn, "Document": text.replace("Describe", "Create"), "Description": "c"}))
        _ok(client("DetachPoliciesFromUser", _root(), {"UserName": name, "PolicyURNs": [urn], "Scope": "Specified", "ProjectID": project}))
        _ok(client("DeleteIAMPolicy", _root(), {"PolicyURN": urn}))
        assert client("GetIAMPolicy", _root(), {"PolicyURN": urn}).code == 11217
        _ok(client("DeleteProject", _root(), {"ProjectID": project}))


def a_session_lists_users_and_nothing_else_until_it_is_over():
    role = unique("reader")
    _done("CreateRole", client=go, RoleName=role, RolePolicyDocument=json.dumps(TRUST))
    _done("AttachPoliciesToRole", client=go_json, RoleName=role, PolicyURNs=["ucs:iam::ucs:policy/IAMReadOnlyAccess"], Scope="Unspecified")
    name, key = _user("assumer")
    urn = f"ucs:iam::{COMPANY}:role/{role}"
    assert assume(urn, key).code == 299
    _attach(name, "ucs:iam::ucs:policy/STSCreateOnlyAccess")
    session = Key.of(_ok(assume(urn, key, DurationSeconds=900)))
    for client in CLIENTS:
        listed = _ok(client("ListUsers", session, {"Limit": "100", "Offset": "0"}))
        assert type(listed["TotalCount"]) is int and any(each["UserName"] == name for each in listed["Users"]), listed
        assert client("CreateGroup", session, {"GroupName": unique("no")}).code == 299
        assert client("ListUsers", Key(session.public_key, session.private_key), {}).code == 174, client.__name__
    assert session.aws().client("iam").list_users()["Users"]
    advance_clock(901)
    for client in CLIENTS:
        assert client("ListUsers", session, {}).code == 174, client.__name__


def a_role_of_this_api_is_assumed_by_a_client_of_aws():
    role, keys = unique("shared"), user("boto")
    _done("CreateRole", RoleName=f"team/{role}", RolePolicyDocument=json.dumps(TRUST), MaxSessionDuration=7200)
    _done("AttachPoliciesToRole", RoleName=f"team/{role}", PolicyURNs=["ucs:iam::ucs:policy/IAMReadOnlyAccess"], Scope="Unspecified")
    iam = ADMINISTRATOR.client("iam")
    iam.put_user_policy(UserName=unique("boto"), PolicyName="p", PolicyDocument=document(allow("sts:AssumeRole")))
    session = keys.assume(f"arn:aws:iam::{ACCOUNT}:role/team/{role}")
    assert session.client("iam").list_users()["Users"]
    # As it was written, for its own clients and for those of AWS.
    assert json.loads(_done("GetRole", RoleName=f"team/{role}")["Role"]["RolePolicyDocument"]) == TRUST
    assert iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"] == TRUST
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=document({"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}))
    assert json.loads(_done("GetRole", RoleName=f"team/{role}")["Role"]["RolePolicyDocument"])["Version"] == "2012-10-17"
    assert keys.assume(f"arn:aws:iam::{ACCOUNT}:role/team/{role}").arn


def a_deny_of_either_api_holds_in_both():
    name, key = _user("denied")
    aws = key.aws().client("iam")
    _attach(name, "ucs:iam::ucs:policy/IAMFullAccess")
    _ok(call("CreateGroup", key, GroupName=unique("one")))
    _attach(name, _policy("never", "iam:AttachPoliciesTo*", "iam:CreateGroup", effect="Deny", ScopeType="ScopeEmpty"))
    assert refusal(aws.attach_user_policy, UserName=name, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")[0] == "AccessDenied"
    assert call("AttachPoliciesToUser", key, PolicyURNs=["ucs:iam::ucs:policy/STSFullAccess"], UserName=name, Scope="Unspecified").code == 299
    assert call("CreateGroup", key, GroupName=unique("two")).code == 299
    ADMINISTRATOR.client("iam").put_user_policy(UserName=name, PolicyName="more", PolicyDocument=document({"Effect": "Deny", "Action": "iam:CreatePolicy", "Resource": "*"}))
    assert call("CreateIAMPolicy", key, PolicyName=unique("p"), Document=json.dumps({"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["uhost:*"]}]})).code == 299


def a_frozen_user_is_nobody_in_either_api():
    name, key = _user("frozen")
    _attach(name, "ucs:iam::ucs:policy/IAMReadOnlyAccess")
    _ok(call("ListUsers", key))
    _done("UpdateUser", UserName=name, Status="Frozen")
    answer = call("ListUsers", key)
    assert (answer.code, answer.message) == (172, "User Not Exists"), answer.body
    assert refusal(key.aws().client("iam").list_users)[0] == "InvalidClientTokenId"
    _done("UpdateUser", UserName=name, Status="Active")
    _ok(call("ListUsers", key))


def lists_of_either_kind_are_read_as_they_are_sent():
    name = _user("lists")[0]
    urns = [f"ucs:iam::ucs:policy/{policy}" for policy in ("UHostReadOnlyAccess", "UDiskReadOnlyAccess", "UNetReadOnlyAccess")]
    for client in CLIENTS:
        _ok(client("AttachPoliciesToUser", _root(), {"UserName": name, "PolicyURNs": urns, "Scope": "Unspecified"}))
        bound = _ok(client("ListPoliciesForUser", _root(), {"UserName": name, "Limit": "100"}))["Policies"]
        assert sorted(each["PolicyURN"] for each in bound) == sorted(urns), (client.__name__, bound)
        _ok(client("DetachPoliciesFromUser", _root(), {"UserName": name, "PolicyURNs": urns, "Scope": "Unspecified"}))
        assert _ok(client("ListPoliciesForUser", _root(), {"UserName": name}))["TotalCount"] == 0, client.__name__


def lists_of_more_than_ten_are_signed_in_the_order_of_their_names():
    role = unique("many")
    _done("CreateRole", RoleName=role, RolePolicyDocument=json.dumps(TRUST))
    names = [f"{product}{family}" for product in ("UHost", "UDisk", "UNet") for family in ("FullAccess", "ReadOnlyAccess", "CreateOnlyAccess", "UpdateOnlyAccess")]
    for client in CLIENTS:
        answer = client("AttachPoliciesToRole", _root(), {"RoleName": role, "PolicyURNs": [f"ucs:iam::ucs:policy/{name}" for name in names], "Scope": "Unspecified"})
        # Well signed, and all refused: more than ten hang on no role.
        assert answer.code == 230 and "PoliciesPerRole" in answer.message, (client.__name__, answer.body)
    assert _done("ListPoliciesForRole", RoleName=role)["TotalCount"] == 0
