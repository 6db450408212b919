"""Policies looked over and compared with boto3, which speaks REST JSON for it. Older generations know ValidatePolicy only."""

from promises import ADMINISTRATOR, allow, document, refusal, trusting, user

ANALYZER = ADMINISTRATOR.client("accessanalyzer")

READ = document(allow("s3:GetObject", "arn:aws:s3:::blue/*"))
WRITE = document(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::blue/*"))


def _check(name, **parameters):
    """What a check answers; None if this boto3 does not know it."""
    return getattr(ANALYZER, name)(**parameters) if hasattr(ANALYZER, name) else None


def a_mistake_in_a_policy_is_found_with_its_place():
    policy = document({**allow("s3:GetObject"), "Effect": "allow"})
    findings = ANALYZER.validate_policy(policyDocument=policy, policyType="IDENTITY_POLICY")["findings"]
    error = next(finding for finding in findings if finding["findingType"] == "ERROR")
    assert error["locations"][0]["path"] == [{"value": "Statement"}, {"index": 0}, {"value": "Effect"}], error
    span = error["locations"][0]["span"]
    assert policy[span["start"]["offset"]:span["end"]["offset"]] == '"allow"', error
    assert error["learnMoreLink"].endswith("#" + error["issueCode"].lower())


def pages_together_hold_every_finding():
    request = {"policyDocument": document(*[{**allow("s3:GetObject"), "Effect": f"no{n}"} for n in range(5)]), "policyType": "IDENTITY_POLICY"}
    whole = ANALYZER.validate_policy(**request)["findings"]
    pages = list(ANALYZER.get_paginator("validate_policy").paginate(**request, PaginationConfig={"PageSize": 2}))
    assert len(pages) >= 3
    assert [finding for page in pages for finding in page["findings"]] == whole


def a_trust_policy_is_looked_over_as_one():
    trust = document(trusting("arn:aws:iam::123456789012:root"))
    kind = {"policyType": "RESOURCE_POLICY", "validatePolicyResourceType": "AWS::IAM::AssumeRolePolicyDocument"}
    findings = ANALYZER.validate_policy(policyDocument=trust, **kind)["findings"]
    assert not [finding for finding in findings if finding["findingType"] == "ERROR"], findings


def a_policy_that_allows_more_than_before_fails():
    wider = _check("check_no_new_access", existingPolicyDocument=READ, newPolicyDocument=WRITE, policyType="IDENTITY_POLICY")
    if wider is not None:
        assert wider["result"] == "FAIL" and wider["reasons"][0]["description"], wider
        assert _check("check_no_new_access", existingPolicyDocument=WRITE, newPolicyDocument=READ, policyType="IDENTITY_POLICY")["result"] == "PASS"


def access_that_must_not_be_granted_is_found():
    for policy, result in ((WRITE, "FAIL"), (READ, "PASS")):
        answer = _check("check_access_not_granted", policyDocument=policy, access=[{"actions": ["s3:PutObject"]}], policyType="IDENTITY_POLICY")
        assert answer is None or answer["result"] == result, answer


def a_role_that_everybody_may_assume_is_public():
    for principal, result in (("*", "FAIL"), ("arn:aws:iam::111122223333:root", "PASS")):
        answer = _check("check_no_public_access", policyDocument=document(trusting(principal)), resourceType="AWS::IAM::AssumeRolePolicyDocument")
        assert answer is None or answer["result"] == result, answer


def refusals_are_those_of_the_model():
    request = {"policyDocument": "{}", "policyType": "IDENTITY_POLICY"}
    code, message = refusal(user().client("accessanalyzer").validate_policy, **request)
    assert code == "AccessDeniedException" and "is not authorized to perform: access-analyzer:ValidatePolicy" in message, (code, message)
    try:
        ANALYZER.validate_policy(**request, nextToken="none")
        raise AssertionError("not refused")
    except ANALYZER.exceptions.ValidationException as error:
        assert error.response["reason"] == "fieldValidationFailed", error.response
        assert [field["name"] for field in error.response["fieldList"]] == ["nextToken"], error.response
