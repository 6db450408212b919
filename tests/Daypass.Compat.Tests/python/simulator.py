"""The policy simulator with boto3: its paginator, its shapes and its errors."""

import json

from promises import ADMINISTRATOR, allow, document, refusal, role, trusting, unique, user

iam = ADMINISTRATOR.client("iam")

BUCKET = "arn:aws:s3:::bucket/"
DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": BUCKET + "b"}


def _entry(key, kind, *values):
    return {"ContextKeyName": key, "ContextKeyType": kind, "ContextKeyValues": list(values)}


def the_paginator_meets_every_result_once():
    actions = [f"s3:Action{number}" for number in range(25)]
    pages = list(iam.get_paginator("simulate_custom_policy").paginate(
        PolicyInputList=[document(allow("s3:*"))], ActionNames=actions, PaginationConfig={"PageSize": 10}))
    assert [len(page["EvaluationResults"]) for page in pages] == [10, 10, 5]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]
    assert [one["EvalActionName"] for page in pages for one in page["EvaluationResults"]] == actions
    assert {one["EvalDecision"] for page in pages for one in page["EvaluationResults"]} == {"allowed"}


def a_result_has_every_member_that_boto3_knows():
    boundary = document(allow("s3:GetObject"))
    [result] = iam.simulate_custom_policy(
        PolicyInputList=[document(allow("s3:*"), DENY)], ActionNames=["s3:GetObject"], ResourceArns=[BUCKET + "a", BUCKET + "b"],
        PermissionsBoundaryPolicyInputList=[boundary])["EvaluationResults"]
    first, second = result["ResourceSpecificResults"]
    assert (result["EvalDecision"], first["EvalResourceDecision"], second["EvalResourceDecision"]) == ("explicitDeny", "allowed", "explicitDeny"), result
    [matched] = result["MatchedStatements"]
    text = document(allow("s3:*"), DENY)
    start = text.index("{", text.index("s3:*"))
    assert matched == {
        "SourcePolicyId": "PolicyInputList.1", "SourcePolicyType": "IAM Policy",
        "StartPosition": {"Line": 1, "Column": start}, "EndPosition": {"Line": 1, "Column": len(text) - 1}}, (matched, start)
    assert result["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": True}
    assert result["EvalDecisionDetails"] == {} and result["MissingContextValues"] == []


def across_accounts_each_type_of_policy_is_told():
    caller = ADMINISTRATOR.arn
    [result] = iam.simulate_custom_policy(
        PolicyInputList=[document(allow("s3:*"))], ActionNames=["s3:GetObject"], ResourceArns=[BUCKET + "a"], CallerArn=caller,
        ResourceOwner="arn:aws:iam::999999999999:root", ResourcePolicy=document({**allow("s3:*"), "Principal": {"AWS": "arn:aws:iam::999999999999:root"}}))["EvaluationResults"]
    assert result["EvalDecision"] == "implicitDeny"
    assert result["EvalDecisionDetails"] == {"IAM Policy": "allowed", "Resource Policy": "implicitDeny"}, result


def context_entries_of_every_type_are_taken():
    condition = {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}, "ForAnyValue:StringEquals": {"test:teams": ["ops"]}, "Bool": {"aws:SecureTransport": "true"}}
    call = {"PolicyInputList": [document({**allow("s3:*"), "Condition": condition})], "ActionNames": ["s3:GetObject"]}
    assert sorted(iam.get_context_keys_for_custom_policy(PolicyInputList=call["PolicyInputList"])["ContextKeyNames"]) == ["aws:SecureTransport", "aws:SourceIp", "test:teams"]
    [result] = iam.simulate_custom_policy(**call)["EvaluationResults"]
    assert (result["EvalDecision"], sorted(result["MissingContextValues"])) == ("implicitDeny", ["aws:SecureTransport", "aws:SourceIp", "test:teams"])
    [result] = iam.simulate_custom_policy(ContextEntries=[
        _entry("aws:SourceIp", "ip", "10.1.2.3"), _entry("test:teams", "stringList", "dev", "ops"), _entry("aws:SecureTransport", "boolean", "true")], **call)["EvaluationResults"]
    assert result["EvalDecision"] == "allowed"
    code, message = refusal(iam.simulate_custom_policy, ContextEntries=[_entry("aws:SourceIp", "ip", "here")], **call)
    assert (code, message) == ("InvalidInput", "Invalid context value for key aws:SourceIp: expected IP address, not 'here'.")


def what_a_user_may_do_is_what_the_simulator_says():
    alice = user()
    arn = role("simulated", trusting(alice.arn), allow("iam:GetUser"))
    iam.put_user_policy(UserName=unique("alice"), PolicyName="rights", PolicyDocument=document(allow("iam:ListUsers")))
    for action, call in (("iam:ListUsers", "list_users"), ("iam:ListRoles", "list_roles")):
        [result] = iam.simulate_principal_policy(PolicySourceArn=alice.arn, ActionNames=[action])["EvaluationResults"]
        if result["EvalDecision"] == "allowed":
            getattr(alice.client("iam"), call)()
            assert [one["SourcePolicyId"] for one in result["MatchedStatements"]] == [f"user_{unique('alice')}_rights"]
        else:
            assert refusal(getattr(alice.client("iam"), call))[0] == "AccessDenied"
    [result] = iam.simulate_principal_policy(PolicySourceArn=arn, ActionNames=["iam:GetUser"])["EvaluationResults"]
    assert result["EvalDecision"] == "allowed"
    code, _ = refusal(iam.simulate_principal_policy, PolicySourceArn=alice.arn + "x", ActionNames=["iam:GetUser"])
    assert code == "NoSuchEntity"
    code, _ = refusal(alice.client("iam").simulate_principal_policy, PolicySourceArn=alice.arn, ActionNames=["iam:GetUser"])
    assert code == "AccessDenied"


def long_documents_go_through_the_wire():
    text = json.dumps({"Version": "2012-10-17", "Statement": [allow("s3:*")]}, indent=2).ljust(131072)
    [result] = iam.simulate_custom_policy(PolicyInputList=[text], ActionNames=["s3:GetObject"])["EvaluationResults"]
    [matched] = result["MatchedStatements"]
    assert (matched["StartPosition"], matched["EndPosition"]) == ({"Line": 3, "Column": 17}, {"Line": 8, "Column": 6})
