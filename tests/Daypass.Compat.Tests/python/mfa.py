"""MFA with boto3: devices, their codes, and what a code opens."""

import base64
import hashlib
import hmac
import struct
import time
import zlib

from promises import ADMINISTRATOR, Keys, advance_clock, allow, document, refusal, role, trusting, unique, user

WRONG = "MultiFactorAuthentication failed with invalid MFA one time pass code. "


class _Phone:
    """A virtual device whose codes are read as its owner reads them."""

    def __init__(self, name):
        device = ADMINISTRATOR.client("iam").create_virtual_mfa_device(VirtualMFADeviceName=unique(name))["VirtualMFADevice"]
        self.serial, self.seed, self.picture = device["SerialNumber"], device["Base32StringSeed"], device["QRCodePNG"]

    def code(self, from_now=0):
        digest = hmac.new(base64.b32decode(self.seed), struct.pack(">Q", int(time.time()) // 30 + from_now), hashlib.sha1).digest()
        return "%06d" % ((struct.unpack_from(">I", digest, digest[-1] & 15)[0] & 0x7FFFFFFF) % 1000000)

    def enable(self, name):
        ADMINISTRATOR.client("iam").enable_mfa_device(
            UserName=unique(name), SerialNumber=self.serial, AuthenticationCode1=self.code(-2), AuthenticationCode2=self.code(-1))
        return self

    def shows(self, from_now=0):
        return {"SerialNumber": self.serial, "TokenCode": self.code(from_now)}


def a_new_device_comes_with_its_seed_and_a_picture_of_it_once():
    phone = _Phone("phone")
    assert len(base64.b32decode(phone.seed)) == 20, phone.seed
    assert phone.picture.startswith(b"\x89PNG\r\n\x1a\n")
    size, = struct.unpack_from(">I", phone.picture, 16)
    length, = struct.unpack_from(">I", phone.picture, 33)
    assert len(zlib.decompress(phone.picture[41:41 + length])) == size * (1 + (size + 7) // 8)
    iam = ADMINISTRATOR.client("iam")
    listed = [device for page in iam.get_paginator("list_virtual_mfa_devices").paginate(PaginationConfig={"PageSize": 1}) for device in page["VirtualMFADevices"]]
    assert {"SerialNumber": phone.serial} in listed, listed
    assert refusal(iam.create_virtual_mfa_device, VirtualMFADeviceName=unique("phone"))[0] == "EntityAlreadyExists"


def a_device_is_enabled_and_a_user_who_has_one_cannot_be_deleted():
    user()
    phone = _Phone("phone").enable("alice")
    iam = ADMINISTRATOR.client("iam")
    devices = [device for page in iam.get_paginator("list_mfa_devices").paginate(UserName=unique("alice")) for device in page["MFADevices"]]
    assert [(device["UserName"], device["SerialNumber"]) for device in devices] == [(unique("alice"), phone.serial)], devices
    assert devices[0]["EnableDate"].tzinfo
    code, _ = refusal(iam.delete_virtual_mfa_device, SerialNumber=phone.serial)
    assert code == "DeleteConflict", code
    for key in iam.list_access_keys(UserName=unique("alice"))["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=unique("alice"), AccessKeyId=key["AccessKeyId"])
    assert refusal(iam.delete_user, UserName=unique("alice")) == ("DeleteConflict", "Cannot delete entity, must delete MFA device first.")
    iam.deactivate_mfa_device(UserName=unique("alice"), SerialNumber=phone.serial)
    iam.delete_user(UserName=unique("alice"))
    iam.delete_virtual_mfa_device(SerialNumber=phone.serial)


def a_device_is_synchronized_anew_and_shown():
    user()
    phone = _Phone("phone").enable("alice")
    iam = ADMINISTRATOR.client("iam")
    codes = {"AuthenticationCode1": phone.code(), "AuthenticationCode2": phone.code(1)}
    iam.resync_mfa_device(UserName=unique("alice"), SerialNumber=phone.serial, **codes)
    # Those codes have done their work.
    assert refusal(iam.resync_mfa_device, UserName=unique("alice"), SerialNumber=phone.serial, **codes)[0] == "InvalidAuthenticationCode"
    # Older generations of boto3 have no such method.
    if hasattr(iam, "get_mfa_device"):
        shown = iam.get_mfa_device(UserName=unique("alice"), SerialNumber=phone.serial)
        assert (shown["UserName"], shown["SerialNumber"]) == (unique("alice"), phone.serial) and shown["EnableDate"], shown


def a_session_with_a_code_may_use_iam_and_the_code_works_once():
    alice = user()
    ADMINISTRATOR.client("iam").put_user_policy(UserName=unique("alice"), PolicyName="rights", PolicyDocument=document(
        {**allow("iam:ListUsers"), "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}}))
    phone = _Phone("phone").enable("alice")
    shown = phone.shows()
    assert refusal(alice.client("iam").list_users)[0] == "AccessDenied"
    session = Keys(alice.client("sts").get_session_token(**shown)["Credentials"])
    assert session.client("iam").list_users()["Users"]
    assert refusal(alice.client("sts").get_session_token, **shown) == ("AccessDenied", WRONG)
    advance_clock(3601)
    assert refusal(session.client("iam").list_users)[0] == "AccessDenied"
    # The clock that policies see has moved, the phone's has not, and its codes go on.
    assert alice.client("sts").get_session_token(**phone.shows(1))["Credentials"]


def a_role_that_wants_mfa_takes_a_code_with_the_call():
    alice = user()
    arn = role("Guarded", trusting(alice.arn, Bool={"aws:MultiFactorAuthPresent": "true"}), allow("iam:ListRoles"))
    phone = _Phone("phone").enable("alice")
    assert refusal(alice.assume, arn)[0] == "AccessDenied"
    assert alice.assume(arn, **phone.shows()).client("iam").list_roles()["Roles"]
    # Nor does what it gave go any further: a session of a role has no MFA.
    assert refusal(alice.assume, arn)[0] == "AccessDenied"


def what_is_missing_or_wrong_is_said_as_aws_says_it():
    alice = user()
    phone = _Phone("phone").enable("alice")
    sts = alice.client("sts")
    assert refusal(sts.get_session_token, SerialNumber=phone.serial) == (
        "AccessDenied", "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.")
    assert refusal(sts.get_session_token, SerialNumber=phone.serial + "x", TokenCode=phone.code()) == (
        "AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.")
    wrong = next(code for code in ("000000", "000001", "000002", "000003", "000004", "000005") if code not in [phone.code(step) for step in (-1, 0, 1, 2)])
    assert refusal(sts.get_session_token, SerialNumber=phone.serial, TokenCode=wrong) == ("AccessDenied", WRONG)
    assert refusal(ADMINISTRATOR.client("iam").resync_mfa_device, UserName=unique("alice"), SerialNumber=phone.serial,
                   AuthenticationCode1=wrong, AuthenticationCode2=wrong) == ("InvalidAuthenticationCode", "Authentication code for device is not valid.")


def tags_of_a_device_are_kept():
    phone = _Phone("phone")
    iam = ADMINISTRATOR.client("iam")
    for tag in ({"Key": "team", "Value": "red"}, {"Key": "Team", "Value": "blue"}):
        iam.tag_mfa_device(SerialNumber=phone.serial, Tags=[tag])
    iam.untag_mfa_device(SerialNumber=phone.serial, TagKeys=["team"])
    assert iam.list_mfa_device_tags(SerialNumber=phone.serial)["Tags"] == [{"Key": "Team", "Value": "blue"}]
