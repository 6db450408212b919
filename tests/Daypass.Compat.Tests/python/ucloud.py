"""
The uproject dialect as its official clients speak it: signed by hashlib, sent in each shape that a client has. Nothing here comes from the server's
code; what each client sends was read off the clients and is described in docs/guide/uproject.md.
"""

import hashlib
import json
import time
import urllib.error
import urllib.parse
import urllib.request

from promises import ADMINISTRATOR, ENDPOINT

ACCOUNT = "111122223333"


class Key:
    def __init__(self, public_key, private_key, token=None):
        self.public_key, self.private_key, self.token = public_key, private_key, token

    @staticmethod
    def of(answer):
        """The four fields of an AssumeRole answer."""
        keys = answer["Credentials"]
        return Key(keys["AccessKeyId"], keys["AccessKeySecret"], keys["SecurityToken"])

    @staticmethod
    def of_user(keys):
        """Long-term keys that came from IAM's own API."""
        return Key(keys.kwargs["aws_access_key_id"], keys.kwargs["aws_secret_access_key"])

    def aws(self):
        """The same keys as a client of AWS's has them."""
        from promises import Keys
        return Keys({"AccessKeyId": self.public_key, "SecretAccessKey": self.private_key, "SessionToken": self.token})


ROOT = Key("daypass-test-admin", "EXAMPLE-secret-of-the-test-administrator")


def text(value):
    """What is signed for a value: lists without indexes, objects sorted, whole floats without a fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, list):
        return "".join(text(item) for item in value)
    if isinstance(value, dict):
        return "".join(name + text(value[name]) for name in sorted(value))
    return str(value)


def sign(parameters, private_key):
    return hashlib.sha1((text({k: v for k, v in parameters.items() if k != "Signature"}) + private_key).encode()).hexdigest()


def flat(parameters):
    """Lists and objects under flat names, as all clients but one send them."""
    result = {}

    def add(name, value):
        if isinstance(value, list):
            for index, item in enumerate(value):
                add(f"{name}.{index}", item)
        elif isinstance(value, dict):
            for member, item in value.items():
                add(f"{name}.{member}" if name else member, item)
        else:
            result[name] = value

    add("", parameters)
    return result


def signed(action, key, parameters, **common):
    request = {"Action": action, "PublicKey": key.public_key, **parameters, **common}
    if key.token is not None:
        request["SecurityToken"] = key.token
    return {**request, "Signature": sign(request, key.private_key)}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.code, self.message = body["RetCode"], body["Message"]

    def __getitem__(self, name):
        return self.body[name]


def send(method="POST", query="", body=None, content_type=None, path="", headers=()):
    address = ENDPOINT.rstrip("/") + (path or "/") + ("?" + query if query else "")
    request = urllib.request.Request(address, body, dict(headers), method=method)
    if content_type:
        request.add_header("Content-Type", content_type)
    with urllib.request.urlopen(request, timeout=30) as answer:
        found = Answer(answer.status, answer.headers, json.loads(answer.read()))
    assert found.headers["X-UCLOUD-REQUEST-UUID"], found.headers
    assert found.headers["Content-Type"].startswith("application/json"), found.headers
    assert type(found.code) is int and found.body["Action"].endswith("Response"), found.body
    return found


def words(parameters):
    """A form's values, as clients write them."""
    return urllib.parse.urlencode({name: text(value) for name, value in parameters.items()})


FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def go(action, key, parameters, path=""):
    """Go, and the CLI and Terraform on top of it: the action in the query and again in the form; no empty values; a time that is not signed."""
    request = signed(action, key, {k: v for k, v in flat(parameters).items() if v != ""}, Region="cn-bj2", ProjectId="org-example")
    headers = {"User-Agent": "GO/go1.22 GO-SDK/0.22.98 Product/STS", "U-Timestamp-Ms": str(int(time.time() * 1000)), "Cookie": "", "Csrf-Token": ""}
    return send(query=f"Action={action}", body=words(request).encode(), content_type=FORM, path=path, headers=headers)


def go_json(action, key, parameters, path=""):
    """Go, switched to JSON: real lists and objects."""
    request = signed(action, key, parameters, Region="cn-bj2", ProjectId="org-example")
    return send(query=f"Action={action}", body=json.dumps(request).encode(), content_type=JSON, path=path, headers={"U-Timestamp-Ms": "1"})


def python(action, key, parameters, path=""):
    """Python: a form, empty values too."""
    request = signed(action, key, flat(parameters), Region="cn-bj2", ProjectId="", Zone="")
    headers = {"User-Agent": "Python/3.11 Python-SDK/0.11.100 Package/sts", "U-Timestamp-Ms": "1700000000000"}
    return send(body=words(request).encode(), content_type=FORM, path=path, headers=headers)


def javascript(action, key, parameters, path=""):
    """JavaScript: a flat JSON object with native values."""
    request = signed(action, key, flat(parameters), Region="cn-bj2", ProjectId="org-example")
    return send(body=json.dumps(request).encode(), content_type=JSON + "; charset=utf-8", path=path, headers={"User-Agent": "JS-SDK/0.2.4"})


def java(action, key, parameters, path=""):
    """Java: as JavaScript, with every number a double."""
    values = {k: float(v) if type(v) is int else v for k, v in flat(parameters).items()}
    request = signed(action, key, values, Region="cn-bj2")
    return send(body=json.dumps(request).encode(), content_type=JSON, path=path, headers={"User-Agent": "Java/17 Java-SDK/1.0.0"})


def get(action, key, parameters, path=""):
    """The C# client of 2018: all in the query of a GET."""
    return send("GET", query=words(signed(action, key, flat(parameters))), path=path)


CLIENTS = [go, go_json, python, javascript, java, get]


def call(action, key=ROOT, **parameters):
    """A call in the shape that most clients have."""
    return python(action, key, parameters)


def assume(role_urn, key=ROOT, **parameters):
    return call("AssumeRole", key, RoleUrn=role_urn, RoleSessionName=parameters.pop("name", "tuesday"), **parameters)


def urn(arn):
    """A role's ARN as this dialect names it."""
    _, _, service, region, account, resource = arn.split(":", 5)
    return f"ucs:{service}:{region}:{int(account)}:{resource}"


def trail(event, **parameters):
    """The newest record of an event whose requestParameters hold these."""
    for found in ADMINISTRATOR.client("cloudtrail").lookup_events(LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": event}])["Events"]:
        record = json.loads(found["CloudTrailEvent"])
        if parameters.items() <= (record["requestParameters"] or {}).items():
            return record
    raise AssertionError(f"no record of {event}")
