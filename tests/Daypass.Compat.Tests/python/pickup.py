"""Programs that have no code for Daypass pick up credentials: from a profile's credential_process, from daypass exec, from an endpoint that renews.

Sessions of 900 seconds are inside boto3's window of renewal (15 minutes) from their first moment, so it asks for new ones whenever it signs. "Across
expiry" is proven by moving policy time past the end of all that was issued before: what boto3 held is refused, and the same client goes on.
"""

import os
import shlex
import subprocess
import sys

import boto3
import botocore

import promises
from promises import ADMINISTRATOR, ENDPOINT, ONCE, Keys, advance_clock, allow, refusal, role, trusting, unique, user

DAYPASS = ["dotnet", os.environ["DAYPASS_CLIENT"]]
KEEP = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "keep.py"), "pickup"]
READS_TOKEN_FILES = tuple(int(part) for part in botocore.__version__.split(".")[:3]) >= (1, 34, 41)


def a_profile_with_credential_process_goes_on_across_expiry():
    profile = _profile("--duration", "900")
    _goes_on_across_expiry(boto3.Session(profile_name=profile))


def a_profile_with_credential_process_says_why_when_it_gives_none():
    profile = _profile("--session-name", "me", role_arn="arn:aws:iam::111122223333:role/absent")
    try:
        _identity(boto3.Session(profile_name=profile))
    except botocore.exceptions.CredentialRetrievalError as error:
        assert "AccessDenied" in str(error) and "AssumeRole" in str(error), error
    else:
        raise AssertionError("not refused")


def a_command_has_the_roles_credentials_until_they_end():
    _exec(["--duration", "900"], "_acts_as_the_role_until_the_session_ends")


def a_command_with_an_endpoint_goes_on_across_expiry():
    _exec(["--duration", "900", "--serve", "--renew-before", "15m"], "_goes_on_across_expiry")


def a_default_profile_does_not_come_before_the_endpoint():
    _write_keys("default", ADMINISTRATOR.client("sts")._request_signer._credentials)
    _exec(["--serve"], "_acts_as_the_role")


def programs_started_elsewhere_ask_the_endpoint_and_go_on_across_expiry():
    alice, arn = _alice_and_her_role()
    token_file = os.path.join(os.environ["HOME"], "token")
    command = [*DAYPASS, "serve-credentials", "--role-arn", arn, "--duration", "900", "--renew-before", "15m", "--token-file", token_file]
    with subprocess.Popen(command, env=_environment(alice), stdout=subprocess.PIPE, text=True) as server:
        try:
            exports = dict(shlex.split(server.stdout.readline())[1].split("=", 1) for _ in range(2))
            assert exports["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] == token_file, exports
            if not READS_TOKEN_FILES:
                del exports["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"]
                with open(token_file) as file:
                    exports["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = file.read()
            subprocess.run([*KEEP, "_goes_on_across_expiry"], env={**_environment(), **exports}, check=True)
        finally:
            server.terminate()
    assert server.returncode == 0 and not os.path.exists(token_file)


def _goes_on_across_expiry(session=None):
    session = session or _inner_session()
    client = session.client("sts", endpoint_url=ENDPOINT, config=ONCE)
    before = client.get_caller_identity()["Arn"]
    assert ":assumed-role/picked" in before, before
    held = session.get_credentials().get_frozen_credentials()
    advance_clock(901)
    old = Keys({"AccessKeyId": held.access_key, "SecretAccessKey": held.secret_key, "SessionToken": held.token})
    assert refusal(old.client("sts").get_caller_identity)[0] == "ExpiredToken"
    assert client.get_caller_identity()["Arn"] == before
    assert session.get_credentials().get_frozen_credentials().access_key != held.access_key


def _acts_as_the_role(session=None):
    assert ":assumed-role/picked" in _identity(session or _inner_session())


def _acts_as_the_role_until_the_session_ends():
    session = _inner_session()
    _acts_as_the_role(session)
    advance_clock(901)
    assert refusal(session.client("sts", endpoint_url=ENDPOINT, config=ONCE).get_caller_identity)[0] == "ExpiredToken"


def _identity(session):
    return session.client("sts", endpoint_url=ENDPOINT, config=ONCE).get_caller_identity()["Arn"]


def _inner_session():
    """Of a program that was started with a role's credentials; the clock is still moved by the administrator."""
    promises.ADMINISTRATOR = Keys({"AccessKeyId": os.environ["ADMIN_ID"], "SecretAccessKey": os.environ["ADMIN_SECRET"]})
    return boto3.Session()


def _alice_and_her_role():
    alice = user()
    return alice, role("picked", trusting(alice.arn))


def _profile(*options, role_arn=None):
    """A profile as a user writes it: her key in one, and another that says how to get to the role."""
    alice, arn = _alice_and_her_role()
    _write_keys("me", alice.client("sts")._request_signer._credentials)
    command = [*DAYPASS, "credential-process", "--profile", "me", "--endpoint-url", ENDPOINT, "--role-arn", role_arn or arn, *options]
    with open(os.path.join(os.environ["HOME"], ".aws", "config"), "w") as file:
        file.write(f"[profile picked]\ncredential_process = {shlex.join(command)}\n")
    return "picked"


def _write_keys(profile, keys):
    folder = os.path.join(os.environ["HOME"], ".aws")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "credentials"), "w") as file:
        file.write(f"[{profile}]\naws_access_key_id = {keys.access_key}\naws_secret_access_key = {keys.secret_key}\n")


def _environment(keys=None):
    """What a program is started with: these keys, or none. The administrator's are under other names, for moving the clock."""
    environment = {name: value for name, value in os.environ.items() if name not in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
    environment["DAYPASS_ENDPOINT_URL"] = ENDPOINT
    environment["ADMIN_ID"], environment["ADMIN_SECRET"] = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    if keys:
        environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"] = keys.kwargs["aws_access_key_id"], keys.kwargs["aws_secret_access_key"]
    return environment


def _exec(options, inner):
    alice, arn = _alice_and_her_role()
    subprocess.run([*DAYPASS, "exec", "--role-arn", arn, *options, "--", *KEEP, inner], env=_environment(alice), check=True)
