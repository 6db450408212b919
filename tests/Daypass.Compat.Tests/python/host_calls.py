"""Calls of uproject's style to the host service, by a signer of our own: hashlib, and nothing of the server's."""

import hashlib
import json
import os
import urllib.parse
import urllib.request

from promises import ADMINISTRATOR, ENDPOINT, Keys, allow, document, unique, user

HOSTS = os.environ["DAYPASS_HOSTS"]


def text_of(value):
    """The text that a client signs for a value: lists and objects without any delimiters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "".join(name + text_of(value[name]) for name in sorted(value))
    if isinstance(value, list):
        return "".join(map(text_of, value))
    return str(value)


def signed(keys, parameters):
    """The parameters with a key's id, its token and the signature."""
    secret, token = keys.kwargs["aws_secret_access_key"], keys.kwargs.get("aws_session_token")
    parameters = {**parameters, "PublicKey": keys.kwargs["aws_access_key_id"], **({"SecurityToken": token} if token else {})}
    return {**parameters, "Signature": hashlib.sha1((text_of(parameters) + secret).encode()).hexdigest()}


def post(parameters, shape="form", endpoint=HOSTS):
    """Sends what was signed in one of the shapes; the answer has status 200, whatever it is."""
    if shape == "query":
        request = urllib.request.Request(f"{endpoint}?{urllib.parse.urlencode(parameters)}")
    elif shape == "form":
        request = urllib.request.Request(endpoint, urllib.parse.urlencode(parameters).encode(), {"Content-Type": "application/x-www-form-urlencoded"})
    else:
        request = urllib.request.Request(endpoint, json.dumps(parameters).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200 and answer.headers["X-UCLOUD-REQUEST-UUID"], answer.headers
        body = json.load(answer)
        assert isinstance(body["RetCode"], int), body
        return body


def call(keys, action, shape="form", **parameters):
    return post(signed(keys, {"Action": action, "Region": "cn-bj2", **parameters}), shape)


def api(keys, action, **parameters):
    """A call of Daypass's own API in this dialect, which has to succeed."""
    return answered(post(signed(keys, {"Action": action, **parameters}), endpoint=ENDPOINT))


def assumed(keys, role_urn, **parameters):
    """A session that the dialect's AssumeRole has issued."""
    issued = api(keys, "AssumeRole", RoleUrn=role_urn, RoleSessionName="tuesday", **parameters)["Credentials"]
    return Keys({"AccessKeyId": issued["AccessKeyId"], "SecretAccessKey": issued["AccessKeySecret"], "SessionToken": issued["SecurityToken"]})


def answered(answer):
    assert answer["RetCode"] == 0, answer
    return answer


def refused(answer, code):
    assert answer["RetCode"] == code, answer
    return answer["Message"]


def operator(action="*"):
    """A user who may do this."""
    keys = user("operator")
    ADMINISTRATOR.client("iam").put_user_policy(UserName=unique("operator"), PolicyName="rights", PolicyDocument=document(allow(action)))
    return keys
