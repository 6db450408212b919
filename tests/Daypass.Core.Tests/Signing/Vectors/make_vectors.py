"""Writes botocore.json: requests signed, and bodies framed, by botocore, an implementation that shares nothing with ours.

Run with any Python 3 that has botocore:  python make_vectors.py > botocore.json
"""
import base64
import datetime
import io
import json

import botocore
import botocore.auth
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth, SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.httpchecksum import AwsChunkedWrapper, Crc32Checksum, Sha1Checksum, Sha256Checksum

NOW = datetime.datetime(2026, 11, 22, 2, 30, 0)
botocore.auth.get_current_datetime = lambda *args, **kwargs: NOW

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "IQoJEXAMPLE//token+with/every=kind=="
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
CALLER = b"Action=GetCallerIdentity&Version=2011-06-15"
UNSIGNED = {"Content-MD5": "1B2M2Y8AsgTpgAmY7PhCfg=="}

#        name, signer, service, region, method, url, headers, body, token
CASES = [
    ("sts form post", SigV4Auth, "sts", "us-east-1", "POST", "https://sts.example.com/", FORM, CALLER, None),
    ("sts form post with a session token", SigV4Auth, "sts", "eu-west-1", "POST", "http://127.0.0.1:18080/", FORM, CALLER, TOKEN),
    ("iam form post to a port", SigV4Auth, "iam", "us-east-1", "POST", "http://localhost:8080/", FORM, b"Action=ListUsers&Version=2010-05-08&PathPrefix=%2Fa+b%2F", None),
    ("sts presigned", SigV4QueryAuth, "sts", "us-east-1", "GET", "https://sts.example.com/?Action=GetCallerIdentity&Version=2011-06-15", {}, b"", None),
    ("sts presigned with a session token", SigV4QueryAuth, "sts", "us-east-1", "GET", "https://sts.example.com/?Action=GetCallerIdentity&Version=2011-06-15", {}, b"", TOKEN),
    ("eks token with a signed header", SigV4QueryAuth, "sts", "us-east-1", "GET", "https://sts.example.com/?Action=GetCallerIdentity&Version=2011-06-15", {"x-k8s-aws-id": "my-cluster"}, b"", TOKEN),
    ("escaped path is escaped again", SigV4Auth, "execute-api", "us-east-1", "GET", "https://api.example.com/stage/a%20b/%E1%88%B4/%2F/x+y;z=1/", {}, b"", None),
    ("dots and doubled slashes are normalised", SigV4Auth, "execute-api", "us-east-1", "GET", "https://api.example.com//a/./b/../c//d/", {}, b"", None),
    ("a path that ends in dots", SigV4Auth, "execute-api", "us-east-1", "GET", "https://api.example.com/a/b/c/..", {}, b"", None),
    ("query sorted, empty and repeated", SigV4Auth, "execute-api", "us-east-1", "GET", "https://api.example.com/?b=2&a=z&a=A&B=&a-b=1&a=&%E1%88%B4=~%20", {}, b"", None),
    ("header spaces", SigV4Auth, "execute-api", "us-east-1", "GET", "https://api.example.com/", {"X-Spaces": "  a   \t b  \"c   d\" ", "My-Header": "Value"}, b"", None),
    ("json post", SigV4Auth, "cloudtrail", "us-east-1", "POST", "https://trail.example.com/", {"X-Amz-Target": "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "Content-Type": "application/x-amz-json-1.1"}, b"{}", TOKEN),
    ("s3 get of an awkward key", S3SigV4Auth, "s3", "us-east-1", "GET", "https://s3.example.com/bucket//a%20b/./c/%E1%88%B4%2B%3D%26%40%3A.txt", {}, b"", None),
    ("s3 get with a valueless parameter", S3SigV4Auth, "s3", "us-east-1", "GET", "https://s3.example.com/bucket?lifecycle", {}, b"", TOKEN),
    ("s3 list", S3SigV4Auth, "s3", "us-east-1", "GET", "https://s3.example.com/bucket?list-type=2&prefix=a%2Fb%20c&delimiter=%2F&continuation-token=1%2B%3D", {}, b"", None),
    ("s3 put with metadata", S3SigV4Auth, "s3", "us-east-1", "PUT", "https://bucket.s3.example.com:9000/key", {"x-amz-meta-colour": "blue  sky", "Content-Type": "text/plain"}, b"hello", TOKEN),
    ("s3 put of an unsigned body", S3SigV4Auth, "s3", "us-east-1", "PUT", "https://s3.example.com/bucket/key", UNSIGNED, b"", None),
    ("s3 presigned get", S3SigV4QueryAuth, "s3", "us-east-1", "GET", "https://s3.example.com/bucket/a%20b%2Bc", {}, b"", TOKEN),
    ("s3 presigned put", S3SigV4QueryAuth, "s3", "us-east-1", "PUT", "https://s3.example.com/bucket/key", {}, b"", None),
]


def sign(name, signer, service, region, method, url, headers, body, token):
    request = AWSRequest(method=method, url=url, headers=dict(headers), data=body)
    request.context["payload_signing_enabled"] = headers is not UNSIGNED
    signer(Credentials(KEY, SECRET, token), service, region).add_auth(request)
    scheme, rest = request.url.split("://", 1)
    host, target = rest.split("/", 1) if "/" in rest else (rest, "")
    lines = [["Host", host]] + [[key, value] for key, value in request.headers.items()]
    return {
        "name": name, "method": method, "url": url, "service": service, "region": region,
        "isS3": service == "s3", "isQuery": issubclass(signer, SigV4QueryAuth), "token": token,
        "target": "/" + target, "headers": lines, "sent": [list(pair) for pair in headers.items()],
        "body": body.decode(),
    }


def frame(checksum, trailer, size, chunk):
    data = bytes(i * 7 % 251 for i in range(size))
    wire = AwsChunkedWrapper(io.BytesIO(data), checksum_cls=checksum, checksum_name=trailer, chunk_size=chunk).read()
    return {"trailer": trailer, "size": size, "wire": base64.b64encode(wire).decode()}


print(json.dumps({
    "madeBy": "botocore " + botocore.__version__,
    "keyId": KEY, "secret": SECRET, "time": NOW.strftime("%Y%m%dT%H%M%SZ"),
    "requests": [sign(*case) for case in CASES],
    "bodies": [
        frame(Crc32Checksum, "x-amz-checksum-crc32", 1000, 300),
        frame(Sha1Checksum, "x-amz-checksum-sha1", 1, 300),
        frame(Sha256Checksum, "x-amz-checksum-sha256", 0, 300),
    ],
}, indent=1))
