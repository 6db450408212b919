"""What every promise needs to play its part."""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ["DAYPASS_ENDPOINT"]
BUCKETS = os.environ.get("DAYPASS_BUCKETS")
SUFFIX = os.environ["DAYPASS_SUFFIX"]

# A refusal must be seen as it is, not tried again.
ONCE = Config(retries={"max_attempts": 1})


class Keys:
    """Long-term keys, or temporary ones when there is a token."""

    def __init__(self, answer=None):
        self.kwargs = {} if answer is None else {
            "aws_access_key_id": answer["AccessKeyId"],
            "aws_secret_access_key": answer["SecretAccessKey"],
            "aws_session_token": answer.get("SessionToken"),
        }

    def client(self, service, **kwargs):
        """A stock client with these keys; the administrator's come from the environment, as everybody's do."""
        endpoint = BUCKETS if service == "s3" else ENDPOINT
        return boto3.client(service, endpoint_url=endpoint, config=kwargs.pop("config", ONCE), **kwargs, **self.kwargs)

    @property
    def arn(self):
        return self.client("sts").get_caller_identity()["Arn"]

    def assume(self, role_arn, session_name="tuesday", **kwargs):
        return Keys(self.client("sts").assume_role(RoleArn=role_arn, RoleSessionName=session_name, **kwargs)["Credentials"])


ADMINISTRATOR = Keys()


def unique(name):
    return name + SUFFIX


def user(name="alice", administrator=ADMINISTRATOR):
    """A user with an access key and no rights."""
    iam = administrator.client("iam")
    iam.create_user(UserName=unique(name))
    return Keys(iam.create_access_key(UserName=unique(name))["AccessKey"])


def second_account():
    """A further account of the organization, and keys of its administrator: (id, keys)."""
    organizations = ADMINISTRATOR.client("organizations")
    try:
        organizations.create_organization(FeatureSet="ALL")
    except organizations.exceptions.AlreadyInOrganizationException:
        pass
    name = unique("second")
    status = organizations.create_account(Email=f"{name}@example.com", AccountName=name)["CreateAccountStatus"]
    for _ in range(1200):
        if status["State"] != "IN_PROGRESS":
            break
        time.sleep(0.1)
        status = organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])["CreateAccountStatus"]
    assert status["State"] == "SUCCEEDED", status
    return status["AccountId"], ADMINISTRATOR.assume(f"arn:aws:iam::{status['AccountId']}:role/OrganizationAccountAccessRole", "setup")


def role(name, trust, *statements, administrator=ADMINISTRATOR):
    """A role with an inline policy; answers its ARN."""
    iam = administrator.client("iam")
    arn = iam.create_role(RoleName=unique(name), AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    if statements:
        iam.put_role_policy(RoleName=unique(name), PolicyName="rights", PolicyDocument=document(*statements))
    return arn


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*"):
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def trusting(principal, **conditions):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    return {**statement, "Condition": conditions} if conditions else statement


def refusal(call, *args, **kwargs):
    """The error that a call is refused with: (code, message). Fails when it is not refused."""
    try:
        answer = call(*args, **kwargs)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    raise AssertionError(f"not refused: {answer}")


def sentence(message):
    """What a denial says before the encoded authorization message that it must carry."""
    said, mark, encoded = message.partition(" Encoded authorization failure message: ")
    assert mark and len(encoded) in (2048, 4096, 6827, 10240), message
    return said


def decoded(message, keys=None):
    """Why, for whoever may know: the encoded message at the end of a denial, decoded."""
    encoded = message.rpartition(" ")[2]
    return json.loads((keys or ADMINISTRATOR).client("sts").decode_authorization_message(EncodedMessage=encoded)["DecodedMessage"])


def send(service, parameters, version, accept="text/xml", method="POST", headers=(), keys=None):
    """A call that boto3 has no method for, signed by botocore; answers (status, content type, body)."""
    body = urllib.parse.urlencode({"Version": version, **parameters})
    form = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    request = AWSRequest(method, ENDPOINT, data=body, headers={**form, "Accept": accept, **dict(headers)})
    credentials = (keys or ADMINISTRATOR).client("sts")._request_signer._credentials
    SigV4Auth(credentials, service, "us-east-1").add_auth(request)
    return fetch(urllib.request.Request(ENDPOINT, body.encode(), dict(request.headers), method=method))


def fetch(request):
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers.get("Content-Type"), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Content-Type"), error.read().decode()


def advance_clock(seconds):
    """Policy time goes forward; the clocks of clients do not notice."""
    status, _, body = send("daypass", {"Action": "AdvanceClock", "Seconds": seconds}, "2026-11-22")
    assert status == 200, body
