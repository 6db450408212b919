"""The main job with boto3: a user without rights gets a role's for an hour, and what they are good for."""

from promises import ADMINISTRATOR, Keys, advance_clock, allow, decoded, document, refusal, role, sentence, trusting, unique, user


def a_new_user_is_known_and_has_no_rights():
    alice = user()
    arn = alice.arn
    assert arn.endswith(":user/" + unique("alice")), arn
    code, message = refusal(alice.client("iam").list_roles)
    assert code == "AccessDenied", code
    assert sentence(message) == (f"User: {arn} is not authorized to perform: iam:ListRoles on resource: {arn.split(':user/')[0]}:role/ "
                       "because no identity-based policy allows the iam:ListRoles action"), message


def a_denial_can_be_decoded_and_only_by_who_may():
    alice = user()
    ADMINISTRATOR.client("iam").put_user_policy(
        UserName=unique("alice"), PolicyName="own", PolicyDocument=document({**allow("iam:ListRoles"), "Sid": "Near", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}))
    _, message = refusal(alice.client("iam").list_roles)
    why = decoded(message)
    assert (why["allowed"], why["explicitDeny"], why["matchedStatements"]) == (False, False, {"items": []}), why
    assert (why["context"]["principal"]["arn"], why["context"]["action"]) == (alice.arn, "iam:ListRoles"), why
    near = why["trace"]["nearest"]
    assert (near["sid"], near["lacks"][0]["wanted"], near["lacks"][0]["found"]) == ("Near", ["true"], ["false"]), why
    code, message = refusal(decoded, message, alice)
    assert code == "AccessDenied" and "sts:DecodeAuthorizationMessage" in sentence(message), message
    code, message = refusal(ADMINISTRATOR.client("sts").decode_authorization_message, EncodedMessage="nonsense")
    assert (code, message) == ("InvalidAuthorizationMessageException", "Message is not valid")


def a_session_has_the_name_of_its_role_and_its_own():
    alice = user()
    arn = role("Reader", trusting(alice.arn), allow("iam:ListRoles"))
    answer = alice.client("sts").assume_role(RoleArn=arn, RoleSessionName="tuesday")
    assert "PackedPolicySize" not in answer, answer
    session = Keys(answer["Credentials"])
    identity = session.client("sts").get_caller_identity()
    assert identity["Arn"] == answer["AssumedRoleUser"]["Arn"] == arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/tuesday"
    assert identity["UserId"] == answer["AssumedRoleUser"]["AssumedRoleId"]
    assert len(answer["Credentials"]["SessionToken"]) <= 512


def a_session_may_do_what_its_role_may_and_no_more():
    alice = user()
    arn = role("Reader", trusting(alice.arn), allow("iam:GetRole", "arn:aws:iam::*:role/" + unique("Reader")))
    iam = alice.assume(arn).client("iam")
    assert iam.get_role(RoleName=unique("Reader"))["Role"]["Arn"] == arn
    code, message = refusal(iam.get_role, RoleName="SomebodyElse")
    assert code == "AccessDenied" and "because no identity-based policy allows the iam:GetRole action" in message, message


def an_explicit_deny_says_so():
    alice = user()
    arn = role("Reader", trusting(alice.arn), allow("iam:*"), {"Effect": "Deny", "Action": "iam:Delete*", "Resource": "*"})
    code, message = refusal(alice.assume(arn).client("iam").delete_role, RoleName=unique("Reader"))
    assert code == "AccessDenied" and "with an explicit deny in an identity-based policy" in message, message


def a_session_policy_takes_rights_away_and_gives_none():
    alice = user()
    arn = role("Reader", trusting(alice.arn), allow(["iam:GetRole", "iam:ListRoles"]))
    iam = alice.assume(arn, Policy=document(allow(["iam:ListRoles", "iam:ListUsers"]))).client("iam")
    assert iam.list_roles()["Roles"]
    assert "because no session policy allows the iam:GetRole action" in refusal(iam.get_role, RoleName=unique("Reader"))[1]
    assert "because no identity-based policy allows the iam:ListUsers action" in refusal(iam.list_users)[1]


def a_session_policy_by_arn_takes_rights_away_too():
    alice = user()
    arn = role("Reader", trusting(alice.arn), allow("iam:*"))
    answer = alice.client("sts").assume_role(RoleArn=arn, RoleSessionName="tuesday", PolicyArns=[{"arn": "arn:aws:iam::aws:policy/IAMReadOnlyAccess"}])
    assert 0 <= answer["PackedPolicySize"] <= 100, answer
    iam = Keys(answer["Credentials"]).client("iam")
    assert iam.list_roles()["Roles"]
    assert "because no session policy allows the iam:CreateUser action" in refusal(iam.create_user, UserName="nobody")[1]


def a_session_that_has_ended_is_refused_as_expired():
    alice = user()
    session = alice.assume(role("Reader", trusting(alice.arn), allow("iam:ListRoles")), DurationSeconds=900)
    assert session.client("iam").list_roles()["Roles"]
    advance_clock(901)
    expired = ("ExpiredToken", "The security token included in the request is expired")
    assert refusal(session.client("iam").list_roles) == expired
    assert refusal(session.client("sts").get_caller_identity) == expired
    assert alice.arn, "the user's own keys go on"


def a_session_of_a_user_is_the_user():
    alice = user()
    session = Keys(alice.client("sts").get_session_token(DurationSeconds=900)["Credentials"])
    assert session.arn == alice.arn
    # AWS: without MFA, such credentials are no good for IAM.
    assert refusal(session.client("iam").get_user)[0] == "InvalidClientTokenId"


def an_untrusted_user_cannot_tell_a_role_from_none():
    alice, mallory = user(), user("mallory")
    arn = role("Reader", trusting(alice.arn))
    for wanted in (arn, arn + "-that-is-not"):
        code, message = refusal(mallory.assume, wanted)
        assert code == "AccessDenied"
        assert sentence(message) == f"User: {mallory.arn} is not authorized to perform: sts:AssumeRole on resource: {wanted}", message


def only_the_right_external_id_opens():
    alice = user()
    arn = role("Partner", trusting(alice.arn, StringEquals={"sts:ExternalId": "blue-42"}), allow("iam:ListRoles"))
    assert refusal(alice.assume, arn)[0] == "AccessDenied"
    assert refusal(alice.assume, arn, ExternalId="Blue-42")[0] == "AccessDenied"
    assert alice.assume(arn, ExternalId="blue-42").client("iam").list_roles()["Roles"]


def a_role_assumes_a_role_for_at_most_an_hour():
    alice = user()
    first = role("First", trusting(alice.arn), allow("sts:AssumeRole"))
    second = role("Second", trusting(first), allow("iam:ListRoles"))
    session = alice.assume(first)
    assert session.assume(second).client("iam").list_roles()["Roles"]
    code, message = refusal(session.assume, second, DurationSeconds=3601)
    assert (code, message) == ("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")


def a_key_is_refused_while_it_is_not_active():
    alice, iam = user(), ADMINISTRATOR.client("iam")
    key = alice.kwargs["aws_access_key_id"]
    iam.update_access_key(UserName=unique("alice"), AccessKeyId=key, Status="Inactive")
    assert refusal(alice.client("sts").get_caller_identity)[0] == "InvalidClientTokenId"
    iam.update_access_key(UserName=unique("alice"), AccessKeyId=key, Status="Active")
    assert alice.arn
    iam.delete_access_key(UserName=unique("alice"), AccessKeyId=key)
    assert refusal(alice.client("sts").get_caller_identity) == ("InvalidClientTokenId", "The security token included in the request is invalid.")


def a_session_ends_with_its_role():
    alice, iam = user(), ADMINISTRATOR.client("iam")
    arn = role("Brief", trusting(alice.arn))
    session = alice.assume(arn)
    assert session.arn
    iam.delete_role(RoleName=unique("Brief"))
    again = role("Brief", trusting(alice.arn))
    assert again == arn, "the same name, another role"
    assert refusal(session.client("sts").get_caller_identity)[0] in ("InvalidClientTokenId", "ExpiredToken", "AccessDenied")
