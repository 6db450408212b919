"""What sessions carry, with boto3: tags, source identity, federation, down to a bucket's door."""

import json

from promises import ADMINISTRATOR, Keys, allow, document, refusal, role, second_account, send, sentence, trusting, unique, user

MARKS = {"Tags": [{"Key": "Team", "Value": "blue"}, {"Key": "cost", "Value": "1"}], "TransitiveTagKeys": ["Team"], "SourceIdentity": "alice"}


def _marking(principal, **conditions):
    return {**trusting(principal, **conditions), "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}


def _chain(second_trust=None, *rights):
    alice = user()
    first = role("First", _marking(alice.arn), allow("sts:*"))
    return alice, first, role("Second", second_trust or _marking(first), *rights)


def tags_and_source_identity_go_down_the_chain_and_into_the_trail():
    alice, first, second = _chain()
    answer = alice.client("sts").assume_role(RoleArn=first, RoleSessionName=unique("one"), **MARKS)
    assert answer["SourceIdentity"] == "alice" and 0 < answer["PackedPolicySize"] < 5, answer
    answer = Keys(answer["Credentials"]).client("sts").assume_role(RoleArn=second, RoleSessionName="two", Tags=[{"Key": "cost", "Value": "2"}])
    assert answer["SourceIdentity"] == "alice", answer
    found = ADMINISTRATOR.client("cloudtrail").lookup_events(LookupAttributes=[{"AttributeKey": "Username", "AttributeValue": unique("one")}])["Events"]
    event = json.loads(next(one for one in found if one["EventName"] == "AssumeRole")["CloudTrailEvent"])
    assert event["requestParameters"]["incomingTransitiveTags"] == {"Team": "blue"}, event
    assert event["requestParameters"]["tags"] == [{"key": "cost", "value": "2"}], event
    assert event["userIdentity"]["sessionContext"]["sourceIdentity"] == "alice", event


def each_mark_needs_its_own_permission():
    alice = user()
    arn = role("Plain", trusting(alice.arn))
    for marks, action in (({"Tags": MARKS["Tags"]}, "sts:TagSession"), ({"SourceIdentity": "alice"}, "sts:SetSourceIdentity")):
        code, message = refusal(alice.assume, arn, **marks)
        assert (code, sentence(message)) == ("AccessDenied", f"User: {alice.arn} is not authorized to perform: {action} on resource: {arn}"), message


def what_is_inherited_cannot_be_shed():
    alice, first, second = _chain()
    session = alice.assume(first, **MARKS)
    assert refusal(session.assume, second, Tags=[{"Key": "TEAM", "Value": "red"}])[0] == "InvalidParameterValue"
    assert refusal(session.assume, second, SourceIdentity="bob")[0] == "AccessDenied"
    assert refusal(session.assume, second, Tags=[{"Key": "aws:SourceIdentity", "Value": "bob"}])[0] == "InvalidParameterValue"


def a_bucket_opens_to_the_tag_of_the_session():
    s3, bucket = ADMINISTRATOR.client("s3"), unique("tagged")
    s3.create_bucket(Bucket=bucket)
    for key in ("blue/x", "red/x"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    alice = user()
    arn = role("Tagged", _marking(alice.arn), allow("s3:GetObject", f"arn:aws:s3:::{bucket}/${{aws:PrincipalTag/team}}/*"))
    blue = alice.assume(arn, Tags=[{"Key": "team", "Value": "blue"}]).client("s3")
    assert blue.get_object(Bucket=bucket, Key="blue/x")["Body"].read() == b"blue/x"
    assert refusal(blue.get_object, Bucket=bucket, Key="red/x")[0] == "AccessDenied"
    assert refusal(alice.assume(arn).client("s3").get_object, Bucket=bucket, Key="blue/x")[0] == "AccessDenied"


def a_federated_user_may_do_what_both_allow():
    s3, bucket = ADMINISTRATOR.client("s3"), unique("federated")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="x", Body=b"for bob")
    sts = ADMINISTRATOR.client("sts")
    answer = sts.get_federation_token(Name="bob", Policy=document(allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*")), DurationSeconds=900)
    bob = Keys(answer["Credentials"])
    assert bob.arn == answer["FederatedUser"]["Arn"] and bob.arn.endswith(":federated-user/bob"), answer
    assert bob.client("s3").get_object(Bucket=bucket, Key="x")["Body"].read() == b"for bob"
    code, message = refusal(bob.client("s3").put_object, Bucket=bucket, Key="x", Body=b"forged")
    assert code == "AccessDenied" and "because no session policy allows the s3:PutObject action" in message, message
    assert refusal(bob.client("iam").list_users)[0] == "InvalidClientTokenId"
    assert refusal(bob.client("sts").get_session_token)[0] == "AccessDenied"


def a_federated_user_without_policies_may_do_what_the_bucket_says():
    s3, bucket = ADMINISTRATOR.client("s3"), unique("named")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="x", Body=b"for carol")
    answer = ADMINISTRATOR.client("sts").get_federation_token(Name="carol")
    assert answer["PackedPolicySize"] == 0, answer
    carol = Keys(answer["Credentials"]).client("s3")
    assert refusal(carol.get_object, Bucket=bucket, Key="x")[0] == "AccessDenied"
    statement = {**allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*"), "Principal": {"AWS": answer["FederatedUser"]["Arn"]}}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(statement))
    assert carol.get_object(Bucket=bucket, Key="x")["Body"].read() == b"for carol"


def what_does_not_fit_is_refused_with_its_size():
    tags = [{"Key": f"k{i:02}" + "k" * 125, "Value": "v" * 256} for i in range(50)]
    alice = user()
    code, message = refusal(alice.assume, role("Roomy", _marking(alice.arn)), Tags=tags)
    assert code == "PackedPolicyTooLarge" and message.startswith("Packed policy consumes "), message


def the_management_account_unlocks_a_members_bucket_and_does_nothing_else():
    account, setup = second_account()
    s3, bucket = setup.client("s3"), unique("locked")
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="x", Body=b"theirs")
    everybody = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]}
    s3.put_bucket_policy(Bucket=bucket, Policy=document(everybody))
    assert refusal(s3.delete_bucket_policy, Bucket=bucket)[0] == "AccessDenied"
    assume = {"Action": "AssumeRoot", "TargetPrincipal": account, "TaskPolicyArn.arn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"}
    send("iam", {"Action": "DisableOrganizationsRootSessions"}, "2010-05-08")
    status, _, body = send("sts", assume, "2011-06-15", accept="application/json")
    assert status == 403 and "root sessions are not enabled" in body, body
    send("iam", {"Action": "EnableOrganizationsRootSessions"}, "2010-05-08")
    status, _, body = send("sts", assume, "2011-06-15", accept="application/json")
    assert status == 200, body
    root = Keys(json.loads(body)["AssumeRootResponse"]["AssumeRootResult"]["Credentials"])
    assert root.arn == f"arn:aws:iam::{account}:root", root.arn
    assert json.loads(root.client("s3").get_bucket_policy(Bucket=bucket)["Policy"]) == json.loads(document(everybody))
    root.client("s3").delete_bucket_policy(Bucket=bucket)
    assert s3.get_object(Bucket=bucket, Key="x")["Body"].read() == b"theirs"
    assert refusal(root.client("s3").get_object, Bucket=bucket, Key="x")[0] == "AccessDenied"
    assert refusal(root.client("iam").list_users)[0] == "AccessDenied"
    found = setup.client("cloudtrail").lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "ListUsers"}])["Events"]
    identity = json.loads(found[0]["CloudTrailEvent"])["userIdentity"]
    assert identity["type"] == "Root" and identity["sessionContext"]["assumedRoot"] == "true", identity


def an_access_key_id_says_its_account():
    sts = ADMINISTRATOR.client("sts")
    key = user().kwargs["aws_access_key_id"]
    assert sts.get_access_key_info(AccessKeyId=key)["Account"] == sts.get_caller_identity()["Account"]
