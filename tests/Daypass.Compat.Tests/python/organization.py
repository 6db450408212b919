"""Across accounts with boto3: a second account, a partner who gets in, and the trail of it all."""

import json

from promises import ADMINISTRATOR, Keys, allow, document, refusal, role, second_account, sentence, trusting, unique, user


def a_new_account_is_listed_and_trusts_its_maker():
    account, setup = second_account()
    organizations = ADMINISTRATOR.client("organizations")
    listed = [one for page in organizations.get_paginator("list_accounts").paginate() for one in page["Accounts"]]
    assert account in [one["Id"] for one in listed] and len(listed) >= 2, listed
    assert organizations.describe_organization()["Organization"]["MasterAccountId"] == ADMINISTRATOR.arn.split(":")[4]
    assert setup.arn == f"arn:aws:sts::{account}:assumed-role/OrganizationAccountAccessRole/setup"


def a_partner_needs_permission_trust_and_external_id():
    _, setup = second_account()
    alice, bob = user(), user("bob")
    arn = role("Partner", trusting(alice.arn, StringEquals={"sts:ExternalId": "blue-42"}), allow("iam:ListRoles"), administrator=setup)
    code, message = refusal(alice.assume, arn, ExternalId="blue-42")
    assert (code, sentence(message)) == ("AccessDenied", f"User: {alice.arn} is not authorized to perform: sts:AssumeRole on resource: {arn}")
    for name in ("alice", "bob"):
        ADMINISTRATOR.client("iam").put_user_policy(UserName=unique(name), PolicyName="partner", PolicyDocument=document(allow("sts:AssumeRole", arn)))
    assert alice.assume(arn, ExternalId="blue-42").client("iam").list_roles()["Roles"]
    assert refusal(alice.assume, arn, ExternalId="red-42")[0] == "AccessDenied"
    assert refusal(alice.assume, arn)[0] == "AccessDenied"
    assert refusal(bob.assume, arn, ExternalId="blue-42")[0] == "AccessDenied"


def another_accounts_administrator_is_nobody_here():
    _, setup = second_account()
    bucket = unique("private")
    ADMINISTRATOR.client("s3").create_bucket(Bucket=bucket)
    ADMINISTRATOR.client("s3").put_object(Bucket=bucket, Key="secret", Body=b"ours")
    own = setup.client("s3")
    code, message = refusal(own.get_object, Bucket=bucket, Key="secret")
    assert code == "AccessDenied" and "s3:GetObject" in message, message
    assert refusal(own.put_object, Bucket=bucket, Key="secret", Body=b"theirs")[0] == "AccessDenied"
    assert own.list_buckets()["Buckets"] == []


def a_bucket_policy_lets_another_account_in():
    account, setup = second_account()
    bucket, s3 = unique("shared"), ADMINISTRATOR.client("s3")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="note", Body=b"for both")
    s3.put_bucket_policy(Bucket=bucket, Policy=document({**allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*"), "Principal": {"AWS": account}}))
    assert setup.client("s3").get_object(Bucket=bucket, Key="note")["Body"].read() == b"for both"
    assert refusal(setup.client("s3").put_object, Bucket=bucket, Key="note", Body=b"theirs")[0] == "AccessDenied"


def _events(keys, key, value):
    pages = keys.client("cloudtrail").get_paginator("lookup_events").paginate(LookupAttributes=[{"AttributeKey": key, "AttributeValue": value}])
    return [(event, json.loads(event["CloudTrailEvent"])) for page in pages for event in page["Events"]]


def the_trail_of_both_accounts_shows_who_came_in():
    account, setup = second_account()
    alice = user()
    arn = role("Traced", trusting(alice.arn), allow("iam:ListRoles"), administrator=setup)
    ADMINISTRATOR.client("iam").put_user_policy(UserName=unique("alice"), PolicyName="partner", PolicyDocument=document(allow("sts:AssumeRole", arn)))
    session = alice.assume(arn, "guest")
    session.client("iam").list_roles()
    refusal(session.client("iam").list_users)
    ours, theirs = _events(ADMINISTRATOR, "ResourceName", arn), _events(setup, "ResourceName", arn)
    assumed, = [record for _, record in ours if record["eventName"] == "AssumeRole"]
    same, = [record for _, record in theirs if record["eventName"] == "AssumeRole"]
    assert assumed["userIdentity"]["arn"] == alice.arn and assumed["sharedEventID"] == same["sharedEventID"]
    assert (assumed["recipientAccountId"], same["recipientAccountId"]) == (alice.arn.split(":")[4], account)
    inside = {record["eventName"]: record for _, record in _events(setup, "Username", "guest")}
    assert inside["ListRoles"]["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"] == arn
    assert "errorCode" not in inside["ListRoles"] and inside["ListUsers"]["errorCode"] == "AccessDenied"


def the_trail_pages_from_the_newest_to_the_oldest():
    alice = user()
    for _ in range(5):
        alice.client("sts").get_caller_identity()
    trail = ADMINISTRATOR.client("cloudtrail").get_paginator("lookup_events")
    pages = list(trail.paginate(LookupAttributes=[{"AttributeKey": "Username", "AttributeValue": unique("alice")}], PaginationConfig={"PageSize": 2}))
    events = [event for page in pages for event in page["Events"]]
    assert [event["EventName"] for event in events] == ["GetCallerIdentity"] * 5 and len({event["EventId"] for event in events}) == 5
    assert [len(page["Events"]) for page in pages][:2] == [2, 2]


def secrets_are_not_in_the_trail():
    alice = user()
    arn = role("Reader", trusting(alice.arn))
    answer = alice.client("sts").assume_role(RoleArn=arn, RoleSessionName="tuesday")["Credentials"]
    Keys(answer).client("sts").get_caller_identity()
    trail = json.dumps([record for _, record in _events(ADMINISTRATOR, "Username", unique("alice")) + _events(ADMINISTRATOR, "EventName", "CreateAccessKey")])
    assert answer["AccessKeyId"] in trail
    # The token alone is good for nothing, and CloudTrail records it.
    for secret in (answer["SecretAccessKey"], alice.kwargs["aws_secret_access_key"]):
        assert secret not in trail
