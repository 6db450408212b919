"""IAM as boto3's users know it: waiters, paginators, documents that come back as they went, and the calls Terraform makes."""

import json
import urllib.parse

from promises import ADMINISTRATOR, allow, document, refusal, role, trusting, unique, user

iam = ADMINISTRATOR.client("iam")

TRICKY = """{
  "Version" : "2012-10-17",
  "Statement": [ { "Sid": "Tricky1", "Effect": "Allow", "Action": [ "s3:GetObject" ],
    "Resource": "arn:aws:s3:::b/a%3Ab+c d&e=f/\u00fc/*",
    "Condition": { "StringEquals": { "aws:PrincipalTag/team": "${aws:username}<>\\"%25" } } } ]
}"""


def waiters_end_at_once():
    name = unique("waited")
    iam.create_user(UserName=name)
    iam.get_waiter("user_exists").wait(UserName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 1})
    role("waited", trusting(ADMINISTRATOR.arn))
    iam.get_waiter("role_exists").wait(RoleName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 1})
    arn = iam.create_policy(PolicyName=name, PolicyDocument=document(allow("s3:GetObject")))["Policy"]["Arn"]
    iam.get_waiter("policy_exists").wait(PolicyArn=arn, WaiterConfig={"Delay": 1, "MaxAttempts": 1})


def paginators_meet_everybody_once():
    path, names = f"/{unique('p')}/", [unique(f"member{number:02}") for number in range(7)]
    for name in names:
        iam.create_user(UserName=name, Path=path)
    pages = list(iam.get_paginator("list_users").paginate(PathPrefix=path, PaginationConfig={"PageSize": 3}))
    assert [len(page["Users"]) for page in pages] == [3, 3, 1]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]
    assert [one["UserName"] for page in pages for one in page["Users"]] == names


def paginators_of_other_lists_meet_everybody_once():
    path = f"/{unique('q')}/"
    for number in range(3):
        iam.create_group(GroupName=unique(f"group{number}"), Path=path)
        iam.create_role(RoleName=unique(f"role{number}"), Path=path, AssumeRolePolicyDocument=document(trusting(ADMINISTRATOR.arn)))
        iam.create_policy(PolicyName=unique(f"policy{number}"), Path=path, PolicyDocument=document(allow("s3:GetObject")))
    for call, member, name in (("list_groups", "Groups", "GroupName"), ("list_roles", "Roles", "RoleName"), ("list_policies", "Policies", "PolicyName")):
        pages = iam.get_paginator(call).paginate(PathPrefix=path, PaginationConfig={"PageSize": 2})
        found = [one[name] for page in pages for one in page[member]]
        assert len(found) == len(set(found)) == 3, found


def documents_come_back_byte_for_byte():
    name = unique("tricky")
    arn = iam.create_policy(PolicyName=name, PolicyDocument=TRICKY)["Policy"]["Arn"]
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName=name, PolicyDocument=TRICKY)
    # boto3 hands documents out parsed; what was on the wire must be the text itself, percent-encoded once.
    wire = []
    for event in ("GetPolicyVersion", "GetUserPolicy"):
        iam.meta.events.register(f"before-parse.iam.{event}", lambda response_dict, **_: wire.append(response_dict["body"].decode()), event)
    seen = (iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"], iam.get_user_policy(UserName=name, PolicyName=name)["PolicyDocument"])
    assert seen == (json.loads(TRICKY),) * 2, seen
    for body in wire:
        encoded = body.split("Document>")[1].split("</")[0]
        assert urllib.parse.unquote(encoded) == TRICKY, encoded
        assert all(character.isascii() and (character.isalnum() or character in "-_.~%") for character in encoded), encoded


def a_trust_policy_comes_back_as_it_was_given():
    trust = trusting(ADMINISTRATOR.arn, StringEquals={"sts:ExternalId": "a%3Ab c"})
    role("Trusting", trust)
    found = iam.get_role(RoleName=unique("Trusting"))["Role"]
    assert found["AssumeRolePolicyDocument"] == json.loads(document(trust)), found
    assert found["MaxSessionDuration"] == 3600


def tags_are_written_listed_and_removed():
    name = unique("tagged")
    created = iam.create_user(UserName=name, Tags=[{"Key": "team", "Value": "blue team"}])["User"]
    assert created["Tags"] == [{"Key": "team", "Value": "blue team"}]
    iam.tag_user(UserName=name, Tags=[{"Key": "empty", "Value": ""}, {"Key": "team", "Value": "r\u00f6d"}])
    assert {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName=name)["Tags"]} == {"team": "r\u00f6d", "empty": ""}
    iam.untag_user(UserName=name, TagKeys=["TEAM", "empty"])
    assert iam.list_user_tags(UserName=name)["Tags"] == []
    assert "Tags" not in iam.get_user(UserName=name)["User"]


def what_is_not_there_raises_boto3s_own_exception():
    for call, arguments, text in (
        (iam.get_user, {"UserName": "nobody"}, "The user with name nobody cannot be found."),
        (iam.get_role, {"RoleName": "nobody"}, "The role with name nobody cannot be found."),
        (iam.get_group, {"GroupName": "nobody"}, "The group with name nobody cannot be found."),
    ):
        try:
            call(**arguments)
        except iam.exceptions.NoSuchEntityException as error:
            assert error.response["Error"]["Message"] == text, error
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404
        else:
            raise AssertionError(f"{arguments} was found")


def what_is_there_twice_or_in_use_is_a_conflict():
    name = unique("twice")
    iam.create_user(UserName=name)
    assert refusal(iam.create_user, UserName=name) == ("EntityAlreadyExists", f"User with name {name} already exists.")
    iam.create_access_key(UserName=name)
    iam.create_access_key(UserName=name)
    assert refusal(iam.create_access_key, UserName=name) == ("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2")
    assert refusal(iam.delete_user, UserName=name)[0] == "DeleteConflict"


def malformed_input_is_explained():
    assert refusal(iam.create_policy, PolicyName="x", PolicyDocument="{")[0] == "MalformedPolicyDocument"
    code, message = refusal(iam.create_user, UserName="no/slash")
    assert code == "ValidationError" and "Value 'no/slash' at 'userName' failed to satisfy constraint" in message, message
    code, message = refusal(iam.create_role, RoleName=unique("Nobody"), AssumeRolePolicyDocument=document(trusting(ADMINISTRATOR.arn + "-that-is-not")))
    # Terraform tries again on exactly these words.
    assert code == "MalformedPolicyDocument" and "Invalid principal in policy" in message, message


def terraform_makes_reads_changes_and_destroys_a_role():
    name = unique("tf-role")
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trusting(ADMINISTRATOR.arn)), Description="by Terraform", MaxSessionDuration=7200)["Role"]["Arn"]
    read = iam.get_role(RoleName=name)["Role"]
    assert (read["Arn"], read["Description"], read["MaxSessionDuration"], read["Path"]) == (arn, "by Terraform", 7200, "/")
    assert iam.list_role_policies(RoleName=name)["PolicyNames"] == []
    iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=document(allow("s3:GetObject")))
    iam.attach_role_policy(RoleName=name, PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
    iam.update_assume_role_policy(RoleName=name, PolicyDocument=document(trusting(arn.split(":role/")[0] + ":root")))
    iam.update_role(RoleName=name, Description="changed", MaxSessionDuration=3600)
    assert iam.get_role_policy(RoleName=name, PolicyName="inline")["PolicyDocument"]["Statement"][0]["Action"] == "s3:GetObject"
    assert [one["PolicyName"] for one in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]] == ["AmazonS3ReadOnlyAccess"]
    assert refusal(iam.delete_role, RoleName=name)[0] == "DeleteConflict"
    assert iam.list_instance_profiles_for_role(RoleName=name)["InstanceProfiles"] == []
    iam.detach_role_policy(RoleName=name, PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
    iam.delete_role_policy(RoleName=name, PolicyName="inline")
    iam.delete_role(RoleName=name)
    assert refusal(iam.get_role, RoleName=name)[0] == "NoSuchEntity"


def terraform_makes_changes_and_destroys_a_policy():
    arn = iam.create_policy(PolicyName=unique("tf-policy"), PolicyDocument=document(allow("s3:GetObject")), Description="by Terraform")["Policy"]["Arn"]
    for number in range(5):
        versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
        if len(versions) == 5:
            oldest = min((one for one in versions if not one["IsDefaultVersion"]), key=lambda one: int(one["VersionId"][1:]))
            iam.delete_policy_version(PolicyArn=arn, VersionId=oldest["VersionId"])
        made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=document(allow("s3:GetObject", f"arn:aws:s3:::b{number}/*")), SetAsDefault=True)["PolicyVersion"]
        read = iam.get_policy(PolicyArn=arn)["Policy"]
        assert read["DefaultVersionId"] == made["VersionId"] == f"v{number + 2}"
        statement = iam.get_policy_version(PolicyArn=arn, VersionId=read["DefaultVersionId"])["PolicyVersion"]["Document"]["Statement"][0]
        assert statement["Resource"] == f"arn:aws:s3:::b{number}/*"
    assert refusal(iam.delete_policy, PolicyArn=arn)[0] == "DeleteConflict"
    for version in iam.list_policy_versions(PolicyArn=arn)["Versions"]:
        if not version["IsDefaultVersion"]:
            iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
    iam.delete_policy(PolicyArn=arn)
    assert refusal(iam.get_policy, PolicyArn=arn)[0] == "NoSuchEntity"


def terraform_destroys_a_user_by_force():
    name, group = unique("tf-user"), unique("tf-group")
    iam.create_user(UserName=name)
    iam.create_group(GroupName=group)
    iam.add_user_to_group(GroupName=group, UserName=name)
    iam.create_access_key(UserName=name)
    for one in iam.list_groups_for_user(UserName=name)["Groups"]:
        iam.remove_user_from_group(GroupName=one["GroupName"], UserName=name)
    for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    assert iam.list_ssh_public_keys(UserName=name)["SSHPublicKeys"] == []
    assert iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"] == []
    assert iam.list_mfa_devices(UserName=name)["MFADevices"] == []
    assert refusal(iam.delete_login_profile, UserName=name)[0] == "NoSuchEntity"
    assert iam.list_signing_certificates(UserName=name)["Certificates"] == []
    assert iam.list_service_specific_credentials(UserName=name)["ServiceSpecificCredentials"] == []
    iam.delete_user(UserName=name)
    assert refusal(iam.get_user, UserName=name)[0] == "NoSuchEntity"


def rights_come_from_groups_too():
    alice, group = user(), unique("readers")
    iam.create_group(GroupName=group)
    iam.attach_group_policy(GroupName=group, PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    iam.add_user_to_group(GroupName=group, UserName=unique("alice"))
    assert alice.client("iam").list_users()["Users"]
    iam.remove_user_from_group(GroupName=group, UserName=unique("alice"))
    assert refusal(alice.client("iam").list_users)[0] == "AccessDenied"


def a_boundary_says_that_it_is_a_boundary():
    alice = user()
    iam.attach_user_policy(UserName=unique("alice"), PolicyArn="arn:aws:iam::aws:policy/IAMFullAccess")
    iam.put_user_permissions_boundary(UserName=unique("alice"), PermissionsBoundary="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    own = alice.client("iam")
    assert own.list_users()["Users"]
    assert "because no permissions boundary allows the iam:CreateUser action" in refusal(own.create_user, UserName="nobody")[1]


def the_account_sums_up_what_is_in_it():
    before = iam.get_account_summary()["SummaryMap"]
    iam.create_user(UserName=unique("counted"))
    after = iam.get_account_summary()["SummaryMap"]
    assert after["Users"] == before["Users"] + 1 and after["AccessKeysPerUserQuota"] == 2, after
