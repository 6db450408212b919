"""Create-then-use as Terraform does it, through whichever node comes next: every read shows the write before it."""

import json
import os

from promises import ADMINISTRATOR, allow, document, refusal, trusting, unique, user

ROUNDS = int(os.environ.get("DAYPASS_ROUNDS", "10"))
iam = ADMINISTRATOR.client("iam")
sts = ADMINISTRATOR.client("sts")


def a_role_is_made_read_used_changed_and_destroyed():
    account = sts.get_caller_identity()["Account"]
    for number in range(ROUNDS):
        name, first, second = unique(f"role{number}"), trusting(f"arn:aws:iam::{account}:root"), trusting(ADMINISTRATOR.arn)
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(first), Description="made")["Role"]["Arn"]
        assert iam.get_role(RoleName=name)["Role"]["Description"] == "made"
        iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=document(allow("iam:GetRole")))
        assert iam.list_role_policies(RoleName=name)["PolicyNames"] == ["inline"]
        assert iam.get_role_policy(RoleName=name, PolicyName="inline")["PolicyDocument"]["Statement"][0]["Action"] == "iam:GetRole"
        policy = iam.create_policy(PolicyName=name, PolicyDocument=document(allow("iam:ListRoles")))["Policy"]["Arn"]
        iam.attach_role_policy(RoleName=name, PolicyArn=policy)
        assert [one["PolicyArn"] for one in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]] == [policy]
        iam.update_role(RoleName=name, Description="changed", MaxSessionDuration=7200)
        changed = iam.get_role(RoleName=name)["Role"]
        assert (changed["Description"], changed["MaxSessionDuration"]) == ("changed", 7200), changed
        iam.update_assume_role_policy(RoleName=name, PolicyDocument=document(second))
        assert iam.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == second["Principal"]
        session = ADMINISTRATOR.assume(arn, DurationSeconds=7200).client("iam")
        assert session.get_role(RoleName=name)["Role"]["RoleId"] == changed["RoleId"]
        assert session.list_roles()["Roles"]
        iam.detach_role_policy(RoleName=name, PolicyArn=policy)
        assert iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"] == []
        iam.delete_policy(PolicyArn=policy)
        iam.delete_role_policy(RoleName=name, PolicyName="inline")
        iam.delete_role(RoleName=name)
        code = refusal(iam.get_role, RoleName=name)
        assert code[0] == "NoSuchEntity", code
        code = refusal(session.list_roles)
        assert code[0] in ("InvalidClientTokenId", "AccessDenied", "ExpiredToken"), code


def a_user_is_made_used_and_destroyed():
    for number in range(ROUNDS):
        name = unique(f"user{number}")
        keys = user(f"user{number}")
        assert keys.arn.endswith(name)
        iam.put_user_policy(UserName=name, PolicyName="self", PolicyDocument=document(allow("iam:GetUser")))
        assert keys.client("iam").get_user()["User"]["UserName"] == name
        iam.tag_user(UserName=name, Tags=[{"Key": "team", "Value": "blue"}])
        assert iam.list_user_tags(UserName=name)["Tags"] == [{"Key": "team", "Value": "blue"}]
        for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
            iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
        assert iam.list_access_keys(UserName=name)["AccessKeyMetadata"] == []
        iam.delete_user_policy(UserName=name, PolicyName="self")
        iam.delete_user(UserName=name)
        code = refusal(iam.get_user, UserName=name)
        assert code[0] == "NoSuchEntity", code
        code = refusal(keys.client("sts").get_caller_identity)
        assert code[0] == "InvalidClientTokenId", code


def a_policy_has_its_new_default_at_every_node():
    for number in range(ROUNDS):
        arn = iam.create_policy(PolicyName=unique(f"policy{number}"), PolicyDocument=document(allow("s3:GetObject")))["Policy"]["Arn"]
        for version in range(2, 6):
            wanted = document(allow(f"s3:Get{version}"))
            made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=wanted, SetAsDefault=True)["PolicyVersion"]["VersionId"]
            assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == made == f"v{version}"
            assert iam.get_policy_version(PolicyArn=arn, VersionId=made)["PolicyVersion"]["Document"] == json.loads(wanted)
        code = refusal(iam.create_policy_version, PolicyArn=arn, PolicyDocument=wanted)
        assert code[0] == "LimitExceeded", code
        for version in range(1, 5):
            iam.delete_policy_version(PolicyArn=arn, VersionId=f"v{version}")
        iam.delete_policy(PolicyArn=arn)
        code = refusal(iam.get_policy, PolicyArn=arn)
        assert code[0] == "NoSuchEntity", code
